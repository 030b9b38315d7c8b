"""The commands of the hub: serve it, back it up, restore it, let somebody in again."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from langnghe.errors import Say, SettingError

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDER = click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="THƯ_MỤC",
    help="Thư mục của hệ thống. / Folder of the hub.  [langnghe-hub]",
)


@contextmanager
def _extra() -> Iterator[None]:
    """Say which library of the extra is missing."""
    try:
        yield
    except ModuleNotFoundError as fault:
        raise SettingError(
            "hub",
            Say(f"thiếu thư viện {fault.name}.", f"the library {fault.name} is missing."),
            Say("Hãy cài: pip install 'langnghe[hub]'.", "Install it: pip install 'langnghe[hub]'."),
        ) from fault


@click.command()
@_FOLDER
@click.option(
    "--host", default="127.0.0.1", metavar="ĐỊA_CHỈ", help="Địa chỉ để nghe. / Address to listen on.  [127.0.0.1]"
)
@click.option("--port", type=int, default=8000, metavar="SỐ", help="Cổng. / Port.  [8000]")
@click.option(
    "--demo",
    is_flag=True,
    help="Điền bản thử: nghiên cứu mẫu, khảo sát, góp ý, tất cả là bịa. / Fill it with the example study, surveys and feedback, all invented.",
)
@click.pass_context
def serve(ctx: click.Context, /, folder: Path | None, host: str, port: int, demo: bool) -> None:
    """Mở trang web: khảo sát, đường dây góp ý, nghiên cứu. / Open the hub: surveys, a feedback line, studies in the browser.

    \b
    Ví dụ / Examples:
      langnghe serve
      langnghe serve --folder hub --port 8080
      langnghe serve --demo --folder ban-thu
    """
    lang, base = ctx.obj["lang"] or "vi", f"http://{host}:{port}"
    with _extra():
        from langnghe.hub.serve import fill_demo, first_link, prepare, run

        prepare(folder)
    if demo:
        click.echo(Say("Đang điền bản thử, chừng một phút …", "Filling the demo, about a minute …")[lang])
        refused = fill_demo(base, lang)
        if refused:
            ctx.exit(refused)
    link = first_link(base)
    if link:
        said = Say(
            "Tạo tài khoản đầu tiên (dùng một lần, trong 7 ngày):", "Make the first account (works once, for 7 days):"
        )
        click.echo(f"{said[lang]}\n  {link}")
    click.echo(f"Lắng Nghe: {base}")
    run(host, port)


@click.group()
def hub() -> None:
    """Giữ gìn hệ thống: sao lưu, khôi phục, cho vào lại. / Look after the hub: back it up, restore it, let somebody in again.

    \b
    Ví dụ / Examples:
      langnghe hub backup /sao-luu/hub-2026-11-26.zip
      langnghe hub restore /sao-luu/hub-2026-11-26.zip --folder hub-moi --keys langnghe-hub
      langnghe hub readmit vidu@example.org
    """


@hub.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP")
@_FOLDER
@click.pass_context
def backup(ctx: click.Context, /, file: Path, folder: Path | None) -> None:
    """Sao lưu cơ sở dữ liệu và các nghiên cứu vào một tệp, khi hệ thống đang chạy cũng được. / Back up the database and the studies into one file, also while the hub is at work.

    \b
    Ví dụ / Examples:
      langnghe hub backup hub-2026-11-26.zip
      langnghe hub backup /sao-luu/hub.zip --folder hub
    """
    lang = ctx.obj["lang"] or "vi"
    with _extra():
        from langnghe.hub.serve import connect, existing

        instance = connect(existing(folder))
    from langnghe.hub.backup import save_backup

    save_backup(file)
    said = Say(
        "Đã sao lưu: {file}\nTệp này có thư góp ý chưa xoá: cất nơi chỉ người quản trị mở được, xoá bản cũ sau 30 ngày.\n"
        "Không có trong đó, hãy cất riêng: {folder}/secret.key và {folder}/erased.log",
        "Backed up: {file}\nIt holds letters that are not yet erased: keep it where administrators alone get, and delete old ones after 30 days.\n"
        "Not in it, keep them elsewhere: {folder}/secret.key and {folder}/erased.log",
    )
    click.echo(said[lang].format(file=file, folder=instance.folder))


@hub.command()
@click.argument("email", metavar="THƯ_ĐIỆN_TỬ")
@_FOLDER
@click.option(
    "--base",
    default="http://127.0.0.1:8000",
    metavar="ĐỊA_CHỈ",
    help="Địa chỉ mà mọi người mở hệ thống. / Address by which people reach the hub.  [http://127.0.0.1:8000]",
)
@click.pass_context
def readmit(ctx: click.Context, /, email: str, folder: Path | None, base: str) -> None:
    """Cho vào lại người mất mật khẩu, điện thoại và mã dự phòng, khi không còn người quản trị nào khác. / Let somebody in again who lost password, telephone and recovery codes, where no other administrator is left.

    \b
    Ví dụ / Examples:
      langnghe hub readmit vidu@example.org --base https://langnghe.example.org
    """
    lang = ctx.obj["lang"] or "vi"
    with _extra():
        from langnghe.hub.serve import connect, existing

        connect(existing(folder))
    from langnghe.hub.people.passwords import readmitted

    said = Say(
        "Mật khẩu và bước xác thực thứ hai đã gỡ, mọi phiên đã kết thúc, nhật ký đã ghi. Đặt mật khẩu mới (dùng một lần, trong 3 ngày):",
        "Password and second factor are removed, all sessions have ended, the audit log has it. Choose a new password (works once, for 3 days):",
    )
    click.echo(f"{said[lang]}\n  {base.rstrip('/')}{readmitted(email)}")


@hub.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="THƯ_MỤC",
    help="Thư mục mới, chưa có. / A new folder that is not there yet.",
)
@click.option(
    "--keys",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="THƯ_MỤC",
    help="Nơi có secret.key và erased.log: thư mục cũ, hay nơi cất riêng. / Where secret.key and erased.log are: the old folder, or where you keep them.",
)
@click.pass_context
def restore(ctx: click.Context, /, file: Path, folder: Path, keys: Path) -> None:
    """Khôi phục một bản sao lưu vào thư mục mới; điều đã xoá từ đó đến nay được xoá lại. / Restore a backup into a new folder; what was erased since is erased again.

    \b
    Ví dụ / Examples:
      langnghe hub restore hub-2026-11-26.zip --folder hub-moi --keys langnghe-hub
    """
    lang = ctx.obj["lang"] or "vi"
    with _extra():
        from langnghe.hub import restore as restoring
    done = restoring.restore(file, folder, keys)
    said = Say(
        f"Đã khôi phục bản {done.made}; xoá lại {done.erased} điều đã xoá từ đó.\nTài khoản và mật khẩu như lúc sao lưu; mọi người đăng nhập lại.",
        f"Restored as of {done.made}; {done.erased} things that were erased since are erased again.\nAccounts and passwords are as they were then; everybody logs in again.",
    )
    click.echo(said[lang])
    if not done.knows_erasures:
        lost = Say(
            "Không có erased.log: thư và tài khoản bị xoá hay đóng sau bản sao lưu có thể đã trở lại. Hãy xem lại.",
            "There was no erased.log: letters and accounts that were erased or closed after the backup may be back. Look through them.",
        )
        click.secho(lost[lang], fg="red", err=True)
