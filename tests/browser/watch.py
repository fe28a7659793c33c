"""What must never happen on the page, collected while it is played on."""

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

_REPORT_POLICY = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


def watch(page: Page, address: str) -> list[str]:
    """Return a list that grows by a sentence with each error, alert, broken policy or call to elsewhere."""
    faults: list[str] = []
    origin = "/".join(address.split("/")[:3])

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(f"console: {message.text}")

    def request(sent: Request) -> None:
        if not sent.url.startswith((origin, "data:", "blob:")):
            faults.append(f"asked elsewhere: {sent.url}")

    def dialog(shown: Dialog) -> None:
        faults.append(f"alert: {shown.message}")
        shown.dismiss()

    page.add_init_script(_REPORT_POLICY)
    page.on("console", console)
    page.on("request", request)
    page.on("dialog", dialog)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    return faults
