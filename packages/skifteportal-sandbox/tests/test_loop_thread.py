import asyncio
import threading

from skifteportal.sandbox.loop_thread import LoopThread


def test_work_is_done_in_a_thread_of_its_own():
    loop = LoopThread("somebody")
    loop.start()

    async def where():
        return threading.current_thread().name, await asyncio.to_thread(lambda: 7)

    assert loop.call(where()) == ("somebody", 7)
    loop.stop()
    assert "somebody" not in {thread.name for thread in threading.enumerate()}


def test_what_is_not_done_when_it_stops_is_given_up():
    loop, ended = LoopThread("somebody"), []
    loop.start()

    async def forever():
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("given up")

    async def begin():
        task = asyncio.get_running_loop().create_task(forever())
        await asyncio.sleep(0)
        return task

    task = loop.call(begin())
    loop.stop()
    assert (ended, task.cancelled()) == (["given up"], True)
