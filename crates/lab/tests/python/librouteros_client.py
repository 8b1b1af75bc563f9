"""librouteros against the simulated router: HOST PORT plain|token."""

import sys

from librouteros import connect
from librouteros.exceptions import FatalError, TrapError
from librouteros.login import plain, token
from librouteros.query import And, Key, Or

host, port, method = sys.argv[1], int(sys.argv[2]), sys.argv[3]
login = {"plain": plain, "token": token}[method]


def api_as(password):
    return connect(host, "ramal", password, port=port, login_method=login, encoding="utf-8")


def message_of(call):
    try:
        call()
    except TrapError as trap:
        return trap.message
    raise AssertionError("was not refused")


assert message_of(lambda: api_as("guess")) == "invalid user name or password (6)"
api = api_as("sesame")

identity = tuple(api.path("/system/identity"))
assert identity == ({"name": "MikroTik"},), identity

secrets = api.path("ppp", "secret")
assert list(secrets) == []
ids = [secrets.add(name=name, password="x", service=service, comment="Año " + name)
       for name, service in [("ana", "pppoe"), ("eva", "any"), ("leo", "pppoe")]]
assert len(set(ids)) == 3 and all(id.startswith("*") for id in ids), ids

name, service, identifier = Key("name"), Key("service"), Key(".id")
found = list(secrets.select(name, identifier).where(service == "pppoe", name != "leo"))
assert found == [{"name": "ana", ".id": ids[0]}], found
found = list(secrets.select(name).where(Or(name == "eva", And(service == "pppoe", name == "leo"))))
assert [row["name"] for row in found] == ["eva", "leo"], found
found = list(secrets.select(name).where(name.In("ana", "leo")))
assert [row["name"] for row in found] == ["ana", "leo"], found
found = list(secrets.select(name, Key("comment")).where(name == "ana"))
assert found == [{"name": "ana", "comment": "Año ana"}], found

secrets.update(**{".id": ids[1], "service": "pppoe", "disabled": True})
found = list(secrets.select(name).where(Key("disabled") == True))  # noqa: E712
assert [row["name"] for row in found] == ["eva"], found

twin = message_of(lambda: secrets.add(name="ana"))
assert twin == "failure: secret with the same name already exists", twin
assert message_of(lambda: secrets.remove("*FFFF")) == "no such item"
assert message_of(lambda: secrets.add(nmae="x")) == "unknown parameter"
assert message_of(lambda: tuple(api("/ppp/sekret/print"))) == "no such command prefix"

secrets.remove(*ids[:2])
assert [row["name"] for row in secrets] == ["leo"]

# Rules keep their order, and one that moves is where it was put.
rules = api.path("ip", "firewall", "filter")
first, second = [rules.add(chain="input", comment=text) for text in ("first", "second")]
third = rules.add(**{"chain": "input", "comment": "third", "place-before": first})
tuple(rules("move", numbers=second, destination=third))
assert [row["comment"] for row in rules] == ["second", "third", "first"]
rules.remove(first, second, third)

# A user of a group that only reads is refused what changes something, in the router's words.
api.path("user", "group").add(name="readers", policy="api,read")
api.path("user").add(name="reader", group="readers", password="look")
reader = connect(host, "reader", "look", port=port, login_method=login, encoding="utf-8")
assert [row["name"] for row in reader.path("ppp", "secret")] == ["leo"]
refused = message_of(lambda: reader.path("ppp", "secret").add(name="eva"))
assert refused == "not enough permissions (9)", refused
reader.close()

addresses = list(api.path("/ip/firewall/address-list").select(Key("address")))
assert len({row["address"] for row in addresses}) == 10_000, len(addresses)

try:
    tuple(api("/quit"))
    raise AssertionError("/quit was answered")
except FatalError as fatal:
    assert "session terminated on request" in str(fatal), fatal
