"""One function run many times at once: in threads, in asyncio, in trio."""

import asyncio
import threading

import trio
import trio.testing

__all__ = ["in_asyncio", "in_threads", "in_trio", "join"]


def in_threads(count, function):
    """Run a function in threads; returns them, what they gave and a latch that they have begun."""
    found, begun = [], threading.Barrier(count + 1)

    def run():
        begun.wait()
        try:
            found.append(function())
        except Exception as error:  # noqa: BLE001 - it is what the test looks at
            found.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads, found, begun


def join(threads):
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()


def in_asyncio(count, function, ready=lambda: None):
    async def run():
        tasks = [asyncio.create_task(function()) for _ in range(count)]
        await asyncio.sleep(0)  # each task runs until it waits
        ready()
        return await asyncio.gather(*tasks, return_exceptions=True)

    return asyncio.run(run())


def in_trio(count, function, ready=lambda: None):
    found = []

    async def one():
        try:
            found.append(await function())
        except Exception as error:  # noqa: BLE001 - it is what the test looks at
            found.append(error)

    async def run():
        async with trio.open_nursery() as nursery:
            for _ in range(count):
                nursery.start_soon(one)
            await trio.testing.wait_all_tasks_blocked()
            ready()

    trio.run(run)
    return found
