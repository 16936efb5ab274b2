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
