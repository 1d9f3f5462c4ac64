"""News inside the database: told once it is stored, heard over one connection, and never silently missed."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.core.errors import ServiceUnavailable
from gridsvc.infra.databases import Database
from gridsvc.infra.events import Follower, News, announce
from tests.fixtures.in_process import DEAD
from tests.fixtures.streams import LISTENING, listening

PATIENCE_S = 10.0
VISIT, INCIDENT = '{"kind": "visit", "grid": "01"}', '{"kind": "incident", "grid": null}'


def tell(engine: Engine, *news: tuple[str, str | None], stored: bool = True) -> None:
    with Session(engine) as session:
        for kind, grid in news:
            announce(session, kind, grid)
        if stored:
            session.commit()


async def until(is_true: Callable[[], bool]) -> bool:
    for _ in range(200):
        if is_true():
            return True
        await asyncio.sleep(0.05)
    return False


def followed(database: Database, story: Callable[[News], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(story(News(database.url)), 60))


def test_only_what_was_stored_is_told(fresh_database: Database, fresh_engine: Engine) -> None:
    async def story(news: News) -> None:
        async with news.follow() as follower:
            await asyncio.to_thread(tell, fresh_engine, ("visit", "02"), stored=False)
            await asyncio.to_thread(tell, fresh_engine, ("visit", "01"))
            assert await follower.heard(PATIENCE_S) == (VISIT,)
            assert await follower.heard(0.05) == ()

    followed(fresh_database, story)


def test_all_hear_it_over_one_connection_that_goes_with_the_last(
    fresh_database: Database, fresh_engine: Engine
) -> None:
    async def story(news: News) -> None:
        async with news.follow() as first:
            async with news.follow() as second, news.follow() as third:
                assert listening(fresh_engine) == 1
                await asyncio.to_thread(tell, fresh_engine, ("visit", "01"))
                assert [await each.heard(PATIENCE_S) for each in (first, second, third)] == [(VISIT,)] * 3
            await asyncio.to_thread(tell, fresh_engine, ("incident", None))
            assert await first.heard(PATIENCE_S) == (INCIDENT,)
        assert await until(lambda: listening(fresh_engine) == 0)
        async with news.follow() as late:
            await asyncio.to_thread(tell, fresh_engine, ("visit", "01"))
            assert await late.heard(PATIENCE_S) == (VISIT,)

    followed(fresh_database, story)


def test_what_comes_again_while_nobody_reads_is_told_once(fresh_database: Database, fresh_engine: Engine) -> None:
    async def story(news: News) -> None:
        async with news.follow() as slow, news.follow() as quick:
            for _ in range(3):
                await asyncio.to_thread(tell, fresh_engine, ("visit", "01"), ("incident", None))
                assert await quick.heard(PATIENCE_S) is not None
            assert await until(lambda: len(slow._waiting) == 2)
            assert await slow.heard(PATIENCE_S) == (VISIT, INCIDENT)

    followed(fresh_database, story)


def test_so_many_may_follow_and_whoever_leaves_makes_room(fresh_database: Database) -> None:
    async def story() -> None:
        news = News(fresh_database.url, most=2)
        async with news.follow():
            async with news.follow():
                with pytest.raises(ServiceUnavailable, match="Too many"):
                    async with news.follow():
                        raise AssertionError("one too many")
            async with news.follow():
                pass

    asyncio.run(asyncio.wait_for(story(), 60))


def test_a_lost_connection_ends_the_news_of_all_and_they_may_follow_again(
    fresh_database: Database, fresh_engine: Engine
) -> None:
    def cut() -> None:
        with fresh_engine.begin() as connection:
            connection.execute(text(LISTENING.replace("count(*)", "pg_terminate_backend(pid)")))

    async def story(news: News) -> None:
        async with news.follow() as first, news.follow() as second:
            await asyncio.to_thread(cut)
            assert [await each.heard(PATIENCE_S) for each in (first, second)] == [None, None]
            async with news.follow() as again:  # while the others have not yet left
                await asyncio.to_thread(tell, fresh_engine, ("visit", "01"))
                assert await again.heard(PATIENCE_S) == (VISIT,)

    followed(fresh_database, story)


def test_without_a_database_following_is_refused() -> None:
    async def story(news: News) -> None:
        async def follow() -> None:
            async with news.follow():
                raise AssertionError("there is nothing to follow")

        together = await asyncio.gather(follow(), follow(), return_exceptions=True)
        assert [type(each) for each in together] == [ServiceUnavailable, ServiceUnavailable]

    asyncio.run(asyncio.wait_for(story(News(DEAD)), 60))


def test_whoever_gives_up_while_it_connects_leaves_nothing_behind(
    fresh_database: Database, fresh_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = psycopg.AsyncConnection.connect

    async def slowly(*arguments: str, **more: int) -> psycopg.AsyncConnection:
        await asyncio.sleep(0.3)
        return await connect(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(psycopg.AsyncConnection, "connect", slowly)

    async def story(news: News) -> None:
        async def follow() -> Follower:
            async with news.follow() as follower:
                return follower

        with pytest.raises(TimeoutError):
            await asyncio.wait_for(follow(), 0.1)
        await asyncio.sleep(0.5)
        assert listening(fresh_engine) == 0
        assert isinstance(await follow(), Follower)

    followed(fresh_database, story)
