//! The tables of the library, and how a library of an older version gets those of this one.

/// What makes a library of each version out of one of the version before; the first out of an empty file. Never changed once
/// released, only added to.
pub(super) const STEPS: &[&str] = &[FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH];

/// The version before whose last step findings that are rows are packed.
pub(super) const PACKED: usize = 4;

const FIRST: &str = "
create table document (
    id integer primary key,
    hash blob not null unique,
    path text,
    title text not null,
    place integer not null default 0,
    turn integer not null default 0
);
create index document_path on document (path);
create table remark (
    document integer not null references document (id) on delete cascade,
    subject text not null,
    exact text not null,
    before text not null,
    after text not null,
    start integer not null,
    field text not null,
    value text not null,
    primary key (document, subject, exact, before, field)
) without rowid;
";

/// Stories: which file holds which document, what was found in it, the reader's own threads, and changes to be undone.
///
/// The id of a finding holds the day of its article in the upper bits, so that the newest come first
/// without sorting. `word` holds the folded words of the findings and nothing else.
const SECOND: &str = "
alter table document add column outlet text not null default '';
alter table document add column day integer;
alter table document add column engine text not null default '';
create table file (
    path text primary key,
    document integer not null references document (id) on delete cascade,
    size integer not null,
    modified integer not null
) without rowid;
create index file_document on file (document);
create table finding (
    id integer primary key,
    document integer not null references document (id) on delete cascade,
    sort integer not null,
    start integer not null,
    length integer not null,
    content text not null,
    who text not null,
    head text not null,
    traits text not null,
    threads text not null,
    hedges text not null,
    factuality real not null
);
create index finding_document on finding (document);
create virtual table word using fts5 (
    content, who, traits, threads,
    content = '', contentless_delete = 1, tokenize = 'unicode61', prefix = '2'
);
insert into word (word, rank) values ('hashsize', 16777216);
create table surface (
    document integer not null references document (id) on delete cascade,
    thread text not null,
    mentions integer not null,
    status text not null,
    sentence text not null,
    start integer not null,
    primary key (document, thread)
) without rowid;
create table thread (
    name text primary key,
    letter text not null,
    aliases text not null,
    kind text not null default '',
    hidden integer not null default 0,
    turn integer not null
) without rowid;
create table change (
    id integer primary key,
    document integer not null references document (id) on delete cascade,
    subject text not null,
    exact text not null,
    before text not null,
    after text not null,
    start integer not null,
    field text not null,
    was text not null,
    value text not null,
    undone integer not null default 0
);
create index change_document on change (document);
";

/// Threads belong to a story, and what the reader changes of them can be undone. Those that are there stay followed in every
/// text.
const THIRD: &str = "
alter table thread rename to old_thread;
create table thread (
    story text not null,
    name text not null,
    letter text not null,
    aliases text not null,
    kind text not null default '',
    hidden integer not null default 0,
    turn integer not null,
    primary key (story, name)
) without rowid;
insert into thread (story, name, letter, aliases, kind, hidden, turn)
    select '', name, letter, aliases, kind, hidden, turn from old_thread;
drop table old_thread;
create table thread_change (
    id integer primary key,
    story text not null,
    rows text not null,
    undone integer not null default 0
);
";

/// Findings are packed, an article a value. The number of a finding in `word` tells its day, article, place and sort (see
/// [`super::entry`]); where in a finding a word stands is not kept, and a sign before it tells whether it is of the speaker, the
/// traits or the threads.
const FOURTH: &str = "
create table found (
    document integer primary key references document (id) on delete cascade,
    quotes integer not null,
    kept blob not null
);
drop table word;
create virtual table word using fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61', prefix = '2'
);
insert into word (word, rank) values ('hashsize', 16777216);
";

const FIFTH: &str = "drop table finding; drop table surface;";

/// Whether the day of an article is only that of its file. Of older articles it is taken to be so when the two are the same, and
/// they are looked at again.
const SIXTH: &str = "
alter table document add column dated text not null default '';
update document set dated = 'file', engine = engine || ' '
    where day is not null and engine <> '' and exists
        (select 1 from file f where f.document = document.id and f.modified / 86400000000000 = document.day);
";
