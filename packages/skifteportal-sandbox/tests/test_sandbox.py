import shutil
import socket
import threading

import pytest
from portal_in_memory import Api

from skifteportal.core.environments import Environment
from skifteportal.sandbox import FolderError, ManualClock, NotLoopback, PortTaken, Sandbox, Settings
from skifteportal.sandbox.control.server import ControlServer
from skifteportal.sandbox.errors import FolderInUse
from skifteportal.sandbox.sysauth_server import SysauthServer


def test_a_sandbox_says_where_it_is(running, sandbox_folder):
    environment = running.environment
    assert running.folder == sandbox_folder
    assert running.env_file == sandbox_folder / ".env"
    assert (environment.name, environment.certificates) == ("sandbox", "test")
    assert Environment.from_env_file(running.env_file).api_url == environment.api_url
    assert running.urls == {
        "sysauth": environment.auth_url,
        "auth": environment.exchange_url,
        "api": environment.api_url,
        "control": running.urls["control"],
    }
    assert running.urls["control"].startswith("http://127.0.0.1:")
    assert environment.api_url.startswith("https://127.0.0.1:")


def test_a_reset_forgets_what_was_filed(running):
    api = Api(running.portal)
    krav = f"/doedsbojournaler/e25d84d3-7aec-4361-84da-93125cb83f08/krav/{api.krav()}"
    assert api("GET", krav).status == 200
    running.reset()
    assert api("GET", krav).status == 404


def test_tokens_may_be_forgotten(running):
    api = Api(running.portal)
    token, path = api.token(), "/doedsbojournaler/e25d84d3-7aec-4361-84da-93125cb83f08"
    assert api("GET", path, token=token).status == 200
    running.forget_tokens()
    reply = api("GET", path, token=token)
    assert (reply.status, reply["WWW-Authenticate"]) == (
        401,
        'Bearer realm="sts", error="invalid_token"',
    )
    assert api("GET", path).status == 200


def test_the_receipts_cpr_number_finds_the_estate_of_the_guides_receipt(running):
    (estate,) = Api(running.portal)(
        "POST", "/doedsbojournaler", {"cprNummer": running.receipt_cpr}
    ).json
    assert estate["afdoede"]["navn"] == "Ione Koss"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def test_ports_settings_and_clock_may_be_chosen(sandbox_folder, tmp_path):
    shutil.copytree(sandbox_folder, tmp_path / "folder")
    port = free_port()
    clock, settings = ManualClock(), Settings(created_status=200)
    with Sandbox.start(
        folder=tmp_path / "folder",
        ports={"api": port},
        clock=clock,
        settings=settings,
        host="localhost",
    ) as sandbox:
        assert sandbox.environment.api_url == f"https://localhost:{port}"
        assert sandbox.portal.settings is settings
        token = Api(sandbox.portal).token()
        assert Api(sandbox.portal)("GET", "/x", token=token).status == 404
    sandbox.close()  # a second time does nothing
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_a_restart_keeps_the_secrets_of_env(sandbox_folder, tmp_path):
    shutil.copytree(sandbox_folder, tmp_path / "folder")

    def secrets():
        with Sandbox.start(folder=tmp_path / "folder") as sandbox:
            lines = sandbox.env_file.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if "_URL" not in line]

    assert secrets() == secrets()


@pytest.mark.parametrize("role", ["sysauth", "auth", "api"])
def test_a_taken_port_is_told_of_and_nothing_is_left_open(running, sandbox_folder, tmp_path, role):
    shutil.copytree(sandbox_folder, tmp_path / "folder")
    taken = int(running.urls["api"].rpartition(":")[2])
    with pytest.raises(
        PortTaken, match=rf"Port {taken} \(for {role}\) cannot be used: Address already"
    ) as caught:
        Sandbox.start(folder=tmp_path / "folder", ports={role: taken})
    assert (caught.value.role, caught.value.port) == (role, taken)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org", ""])
def test_only_loopback_is_listened_on(tmp_path, host):
    with pytest.raises(NotLoopback, match="loopback only") as caught:
        Sandbox.start(folder=tmp_path / "folder", host=host)
    assert caught.value.host == host
    assert not (tmp_path / "folder").exists()


def test_in_a_container_all_its_addresses_are_listened_on_and_loopback_is_named(
    tmp_path, monkeypatch
):
    heard, create = [], socket.create_server

    def listen(address, **options):
        heard.append(address[0])
        return create(("127.0.0.1", address[1]), **options)  # a test opens nothing to the network

    monkeypatch.setattr(socket, "create_server", listen)
    with Sandbox.start(folder=tmp_path / "folder", in_container=True) as sandbox:
        assert set(heard) == {"0.0.0.0"}
        assert all("//127.0.0.1:" in url for url in sandbox.urls.values())


def test_a_folder_has_one_sandbox_at_a_time(sandbox_folder, tmp_path):
    folder = tmp_path / "folder"
    shutil.copytree(sandbox_folder, folder)
    with Sandbox.start(folder=folder) as first:
        env = (folder / ".env").read_text()
        with pytest.raises(FolderInUse, match="another sandbox runs in it"):
            Sandbox.start(folder=folder)
        assert (folder / ".env").read_text() == env
        first.close()
        Sandbox.start(folder=folder).close()


def has_ipv6():
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="no IPv6 here")
def test_ipv6_loopback_will_do(sandbox_folder, tmp_path):
    shutil.copytree(sandbox_folder, tmp_path / "folder")
    with Sandbox.start(folder=tmp_path / "folder", host="::1") as sandbox:
        assert sandbox.environment.api_url.startswith("https://[::1]:")


def test_an_env_file_that_cannot_be_written_is_told_of(sandbox_folder, tmp_path):
    shutil.copytree(sandbox_folder, tmp_path / "folder")
    (tmp_path / "folder" / ".env").unlink(missing_ok=True)
    (tmp_path / "folder" / ".env" / "x").mkdir(parents=True)
    with pytest.raises(FolderError, match=r"cannot be used: .* \(\.env\.new\)"):
        Sandbox.start(folder=tmp_path / "folder")


def test_whatever_fails_while_it_stops_the_rest_is_let_go_of(sandbox_folder, tmp_path, monkeypatch):
    folder = tmp_path / "folder"
    shutil.copytree(sandbox_folder, folder)
    sandbox = Sandbox.start(folder=folder, state=tmp_path / "state.db")

    def failing(server):
        stop(server)
        raise RuntimeError("stuck")

    stop = SysauthServer.stop
    with monkeypatch.context() as patch:
        patch.setattr(SysauthServer, "stop", failing)
        with pytest.raises(RuntimeError, match="stuck"):
            sandbox.close()
    sandbox.close()
    Sandbox.start(folder=folder, state=tmp_path / "state.db").close()


def test_a_server_that_does_not_start_stops_the_others(sandbox_folder, tmp_path, monkeypatch):
    folder = tmp_path / "folder"
    shutil.copytree(sandbox_folder, folder)

    before = threading.active_count()

    def failing(server):
        raise RuntimeError("no thread left")

    with monkeypatch.context() as patch:
        patch.setattr(ControlServer, "start", failing)
        with pytest.raises(RuntimeError, match="no thread left"):
            Sandbox.start(folder=folder)
    assert threading.active_count() == before
    Sandbox.start(folder=folder).close()
