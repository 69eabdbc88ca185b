"""Makes ebooklib.epub: pip install EbookLib==0.20; python ebooklib.py ebooklib.epub"""
import sys
from ebooklib import epub

book = epub.EpubBook()
book.set_identifier("urn:uuid:5b1c7a90-0000-4000-8000-000000000001")
book.set_title("The Harbour Light")
book.set_language("en")
book.add_author("Mira Aldane")
book.add_metadata("DC", "publisher", "Saltmarsh Press")
book.add_metadata("DC", "date", "2026-05-04")
book.add_metadata("DC", "source", "https://books.example/harbour-light")
NOTE = '<aside epub:type="footnote" id="n{0}"><p>{1}</p></aside>'
CALL = '<a epub:type="noteref" href="#n{0}">{0}</a>'
chapters = [
    ("The Lamp", "lamp.xhtml", "<h1>The Lamp</h1><p>“The lamp went out at nine,” said Edda Marsh." + CALL.format(1)
     + " She set the matches on the sill.</p><p>“It may have been the wind,” Corin Vale answered, <em>quietly</em>.</p>"
     + NOTE.format(1, "The keeper’s log says ten.") + "<h2>A second watch</h2><p>Nobody slept. Edda said that the boats would "
     "not come before morning.</p><blockquote><p>We keep the light for those who are late.</p></blockquote>"),
    # No heading of its own: its name stands in the table of contents only.
    ("The Boats", "boats.xhtml", "<p>“There are three of them!” cried Corin. The fourth had not been seen since Sunday."
     + CALL.format(2) + "</p><ul><li>rope</li><li>oil</li><li>bread</li></ul><p>“We will wait,” she said.</p>"
     + NOTE.format(2, "Or since Monday, in the pilot’s letter.")),
]
items = []
for title, name, body in chapters:
    item = epub.EpubHtml(title=title, file_name=name, lang="en")
    item.content = f"<html><body>{body}</body></html>"
    book.add_item(item)
    items.append(item)
book.toc = tuple(epub.Link(i.file_name, i.title, i.file_name[:-6]) for i in items)
book.add_item(epub.EpubNcx())
book.add_item(epub.EpubNav())
book.spine = ["nav", *items]
epub.write_epub(sys.argv[1], book)
