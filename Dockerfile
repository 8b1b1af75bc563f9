# Ramal as one image: the program, and the site beside it. The database is elsewhere: see compose.yaml.

FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rustup target add wasm32-unknown-unknown
WORKDIR /ramal
COPY . .
# For wasm-opt; the browser tests' packages come with it and are not copied on.
RUN npm ci --prefix end2end --ignore-scripts && cargo xtask build --release

FROM debian:bookworm-slim
RUN useradd --create-home --home-dir /var/lib/ramal ramal
COPY --from=build /ramal/target/release/ramal /opt/ramal/ramal
COPY --from=build /ramal/target/release/site /opt/ramal/site
USER ramal
ENV RAMAL_DATA_DIR=/var/lib/ramal/data RAMAL_LISTEN=0.0.0.0:3000
VOLUME /var/lib/ramal/data
EXPOSE 3000
ENTRYPOINT ["/opt/ramal/ramal"]
CMD ["serve"]
