-- In the part of SQL that SQLite and PostgreSQL share. Times are whole seconds since 1970, unless another unit is named.
-- Flags are 0 or 1: sqlx's `Any` driver cannot read SQLite's BOOLEAN.
CREATE TABLE users (
    id            TEXT   NOT NULL PRIMARY KEY,
    name          TEXT   NOT NULL,
    email         TEXT   NOT NULL UNIQUE,
    password_hash TEXT   NOT NULL,
    plan          TEXT   NOT NULL,
    -- Cents for one interval.
    amount        BIGINT NOT NULL CHECK (amount >= 0),
    "interval"    TEXT   NOT NULL CHECK ("interval" IN ('month', 'year')),
    -- A demo customer, whose password everybody knows.
    demo          BIGINT NOT NULL CHECK (demo IN (0, 1)),
    -- The plan was chosen in the sandbox, where nobody pays.
    unpaid        BIGINT NOT NULL CHECK (unpaid IN (0, 1)),
    created_at    BIGINT NOT NULL
);

-- A session is known by the SHA-256 of its token: a copy of this table lets nobody in.
CREATE TABLE sessions (
    token_hash   TEXT   NOT NULL PRIMARY KEY,
    user_id      TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);

-- Browsers that have signed in to an account, known by the SHA-256 of the token in their device cookie.
CREATE TABLE devices (
    token_hash   TEXT   NOT NULL,
    user_id      TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    last_seen_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash, user_id)
);
CREATE INDEX devices_by_user ON devices (user_id);

-- Rate limits (GCRA). A key is the SHA-256 of what is limited. Microseconds since 1970.
CREATE TABLE rate_limits (
    key                 TEXT   NOT NULL PRIMARY KEY,
    theoretical_arrival BIGINT NOT NULL
);

-- One row, written to find out whether the database can be written to.
CREATE TABLE health (
    checked_at BIGINT NOT NULL
);
INSERT INTO health (checked_at) VALUES (0);
