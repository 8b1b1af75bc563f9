//! How fast the network obeys and is read, against simulated routers in this process that take a millisecond a command:
//! `make bench-network` gives it a throw-away cluster. Nothing but the loopback is spoken to. The last line is one JSON
//! object.

#![expect(clippy::float_arithmetic, reason = "these are figures, not money")]

mod many;
mod one;
mod town;

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let reading = one::reading().await?;
    let suspension = one::suspension().await?;
    let many = many::many_routers().await?;
    println!("{}", serde_json::json!({ "reading": reading, "suspension": suspension, "many_routers": many }));
    Ok(())
}
