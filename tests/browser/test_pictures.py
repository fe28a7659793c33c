"""The guides' pictures: fewer colours, the same picture."""

import base64

import pytest
from playwright.sync_api import Browser

from tests.browser.palette import in_few_colours
from tests.browser.test_files import picture

pytestmark = pytest.mark.browser

PIXELS = """async (source) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const sheet = canvas.getContext("2d");
  sheet.drawImage(image, 0, 0);
  return [image.width, ...sheet.getImageData(0, 0, image.width, 1).data];
}"""


def test_a_picture_in_few_colours_is_the_same_picture(browser: Browser) -> None:
    plain = picture(width=120, height=2)
    with browser.new_context() as context:
        page = context.new_page()
        seen = [
            page.evaluate(PIXELS, f"data:image/png;base64,{base64.b64encode(each).decode()}")
            for each in (plain, in_few_colours(plain))
        ]
    assert seen[0] == seen[1]
    assert seen[0][0] == 120


def test_a_picture_of_many_colours_keeps_at_most_256() -> None:
    few = in_few_colours(picture(width=40, height=20))
    palette = few.index(b"PLTE")
    assert int.from_bytes(few[palette - 4 : palette]) == 256 * 3
