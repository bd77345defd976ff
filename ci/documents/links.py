"""Whether every link within a site leads to something: a file that is there and, in a page, a place of that name."""

import html.parser
import urllib.parse


class _Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.names, self.links = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.names.add(given.get("id"))
        for key in ("href", "src"):
            if given.get(key) and tag != "link":
                self.links.append(given[key])


def broken_links(site):
    """A sentence for each link of the site that leads nowhere; a page that says it is the page not found is left out."""
    pages = {path: _Page(path.read_text()) for path in site.rglob("*.html") if path.name != "404.html"}
    for path, page in sorted(pages.items()):
        for link in page.links:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            place = path.relative_to(site)
            if not target.is_file() or not target.is_relative_to(site):
                yield f"{place}: {link} leads nowhere"
            elif parts.fragment and target in pages and urllib.parse.unquote(parts.fragment) not in pages[target].names:
                yield f"{place}: {link}: the page has no such place"
