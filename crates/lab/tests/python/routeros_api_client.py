"""RouterOS-api against the simulated router: HOST PORT plain|token."""

import sys

import routeros_api
from routeros_api.exceptions import RouterOsApiCommunicationError
from routeros_api.query import AndQuery, IsEqualQuery, IsGreaterQuery, OrQuery

host, port, method = sys.argv[1], int(sys.argv[2]), sys.argv[3]


def pool_as(password):
    return routeros_api.RouterOsApiPool(
        host, "ramal", password, port=port, plaintext_login=method == "plain")


def message_of(call):
    try:
        call()
    except RouterOsApiCommunicationError as error:
        return error.original_message.decode()
    raise AssertionError("was not refused")


assert message_of(lambda: pool_as("guess").get_api()) == "invalid user name or password (6)"
pool = pool_as("sesame")
api = pool.get_api()

identity = api.get_resource("/system/identity").get()
assert [row["name"] for row in identity] == ["MikroTik"], identity

queues = api.get_resource("/queue/simple")
added = [queues.call("add", {"name": name, "target": target, "max-limit": "10M/20M"})
         for name, target in [("ana", "10.1.0.1"), ("eva", "10.1.0.2")]]
ids = [answer.done_message["ret"] for answer in added]
assert len(set(ids)) == 2, ids

rows = queues.get(name="ana")
assert [(row["id"], row["target"], row["max-limit"]) for row in rows] == [
    (ids[0], "10.1.0.1/32", "10000000/20000000")], rows
rows = queues.call("print", {}, additional_queries=(
    OrQuery(IsEqualQuery("name", "eva"), AndQuery(IsEqualQuery("name", "ana"), IsEqualQuery("parent", "x"))),))
assert [row["name"] for row in rows] == ["eva"], rows
assert list(queues.call("print", {}, additional_queries=(IsGreaterQuery("name", "eva"),))) == []

queues.set(id=ids[0], **{"max-limit": "1M/2M", "comment": "slow"})
rows = queues.get(comment="slow")
assert [row["max-limit"] for row in rows] == ["1000000/2000000"], rows

# Two commands in flight, answered by their tags.
first = queues.get_async(name="ana")
second = queues.get_async(name="eva")
assert [row["name"] for row in second.get()] == ["eva"]
assert [row["name"] for row in first.get()] == ["ana"]

# Forty in flight, asked for from the last to the first; one that is refused leaves the others alone.
asked = [queues.get_async(name=name) for name in ["ana", "eva"] * 20]
twin = queues.call_async("add", {"name": "ana"})
for number, answer in reversed(list(enumerate(asked))):
    assert [row["name"] for row in answer.get()] == [["ana", "eva"][number % 2]]
assert message_of(twin.get) == "failure: already have such entry"

assert message_of(lambda: queues.call("add", {"name": "ana"})) == "failure: already have such entry"
assert message_of(lambda: queues.remove(id="*FFFF")) == "no such item"
queues.remove(id=ids[0])
assert [row["name"] for row in queues.get()] == ["eva"]

addresses = api.get_resource("/ip/firewall/address-list").get()
assert len({row["address"] for row in addresses}) == 10_000, len(addresses)
addresses = api.get_resource("/ip/firewall/address-list").get(address="10.0.0.77")
assert [row["list"] for row in addresses] == ["cut"], addresses

pool.disconnect()
