-- Written for SQLite in the part of SQL that PostgreSQL takes too. Times are whole seconds since 1970.
CREATE TABLE users (
    id            TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    email         TEXT    NOT NULL UNIQUE,
    password_hash TEXT    NOT NULL,
    plan          TEXT    NOT NULL,
    amount        BIGINT  NOT NULL CHECK (amount >= 0),
    "interval"    TEXT    NOT NULL CHECK ("interval" IN ('month', 'year')),
    demo          BOOLEAN NOT NULL,
    created_at    BIGINT  NOT NULL
);

-- A session is known by the SHA-256 of its token: a copy of this table lets nobody in.
CREATE TABLE sessions (
    token_hash   TEXT   NOT NULL PRIMARY KEY,
    user_id      TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
);

CREATE INDEX sessions_by_user ON sessions (user_id);
