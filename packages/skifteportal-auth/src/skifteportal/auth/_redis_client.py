"""A Redis that is asked, and given up on soon: no call may wait for it longer than for the portal."""

from typing import TYPE_CHECKING, Any

from skifteportal.core.errors import ConfigurationError

if TYPE_CHECKING:
    import redis

__all__ = ["client_of"]

_PATIENCE = 1.0


def client_of(server: "str | redis.Redis") -> "redis.Redis":
    """The client for a server.

    Args:
        server: Its URL (``rediss://…``, ``redis://…``, ``unix://…``): then it is given up on after a
            second and one more try. Or a client of the user's, whose own timeouts count.

    Raises:
        ConfigurationError: It is neither, such as a client of Redis Cluster or for asyncio; the URL can't be
            used; or redis is not installed.
    """
    try:
        import redis  # noqa: PLC0415 - it comes with an extra
        from redis.backoff import NoBackoff  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415
    except ImportError:
        raise ConfigurationError(
            "Sharing through Redis needs the extra: pip install 'skifteportal-auth[redis]'."
        ) from None
    if isinstance(server, redis.Redis):
        return server
    given: Any = server  # callers may not type-check
    if isinstance(given, redis.RedisCluster):
        # What is read together, a token and its life, must lie on one node; and nothing here was
        # tried against a cluster.
        raise ConfigurationError(
            "Redis Cluster is not supported. Give one Redis server, or a client from Redis Sentinel "
            "(Sentinel(…).master_for(…)), which goes on when a server fails."
        )
    if not isinstance(given, str):
        raise ConfigurationError(
            f"redis must be a URL or a redis.Redis, not {type(given).__name__}."
        )
    try:
        return redis.Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
            given,
            socket_timeout=_PATIENCE,
            socket_connect_timeout=_PATIENCE,
            retry=Retry(NoBackoff(), 1),
        )
    except ValueError:  # its text may hold the URL, and that a password
        raise ConfigurationError(
            "The URL of Redis can't be used. It must begin with rediss://, redis:// or unix://."
        ) from None
