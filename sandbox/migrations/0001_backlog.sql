-- The one project that this file belongs to.
create table project (
    id text not null primary key
);

-- Everyone who was seen: identified by the subject of a believed token, or anonymous by the widget's random id.
create table visitors (
    id integer primary key,
    subject text unique,
    anonymous_id text unique,
    email text,
    plan text,
    amount integer,
    interval text,
    monthly_amount integer,
    -- When the token that the columns above come from was minted, so that an older one never overwrites a newer.
    issued_at integer not null default 0,
    first_seen_at integer not null,
    last_seen_at integer not null,
    check ((subject is null) <> (anonymous_id is null))
);

create index visitors_by_last_seen on visitors (last_seen_at, id);

create table features (
    id integer primary key autoincrement,
    kind text not null,
    title text not null,
    details text not null,
    status text not null,
    author_id integer references visitors (id) on delete set null,
    created_at integer not null
);

create index features_by_author on features (author_id);

-- Who stands behind a feature, its submitter included. The primary key is what counts everyone once.
create table voices (
    feature_id integer not null references features (id) on delete cascade,
    visitor_id integer not null references visitors (id) on delete cascade,
    primary key (feature_id, visitor_id)
);

create index voices_by_visitor on voices (visitor_id);

create table notifications (
    id integer primary key autoincrement,
    feature_id integer not null references features (id) on delete cascade,
    visitor_id integer not null references visitors (id) on delete cascade,
    status text not null,
    created_at integer not null
);

create index notifications_by_visitor on notifications (visitor_id);

-- What was decided about each request to the widget's API. Never a whole token.
create table verdicts (
    id integer primary key autoincrement,
    decided_at integer not null,
    method text not null,
    path text not null,
    who text,
    accepted integer not null,
    code text,
    message text not null,
    token_id text,
    header text,
    claims text
);
