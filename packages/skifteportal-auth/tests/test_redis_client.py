"""A Redis that is asked, and given up on soon."""

import sys

import pytest
import redis
from canaries import canary

from skifteportal.auth._redis_client import client_of
from skifteportal.core import ConfigurationError

PASSWORD = canary("hemmeligt-redis-kodeord", "the Redis password")


def test_a_url_becomes_a_client_that_gives_up_soon(redis_server):
    with client_of(redis_server.url) as client:
        assert client.ping()
        settings = client.connection_pool.connection_kwargs
    assert settings["socket_timeout"] == settings["socket_connect_timeout"] == 1


def test_a_client_is_taken_as_it_is(redis_server):
    with redis.Redis.from_url(redis_server.url) as client:
        assert client_of(client) is client


@pytest.mark.parametrize("server", [None, 6379, b"redis://x"])
def test_anything_else_is_refused(server):
    with pytest.raises(ConfigurationError, match=r"redis must be a URL or a redis\.Redis, not "):
        client_of(server)


def test_a_cluster_is_refused_clearly():
    cluster = redis.RedisCluster.__new__(redis.RedisCluster)  # making one asks its nodes
    with pytest.raises(
        ConfigurationError, match=r"Redis Cluster is not supported\. Give one Redis"
    ):
        client_of(cluster)


@pytest.mark.parametrize("start", ["http", "", "redis:/"])
def test_a_url_that_is_none_is_refused_without_showing_it(start):
    with pytest.raises(ConfigurationError, match="must begin with rediss://"):
        client_of(f"{start}://user:{PASSWORD}@redis.example:port/0")


def test_without_the_library_its_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ConfigurationError, match=r"skifteportal-auth\[redis\]"):
        client_of("redis://redis.example")
