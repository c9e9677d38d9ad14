-- How often somebody tried to get in. A counter is 64 bits of the SHA-256 of what it counts for.
-- Microseconds since 1970: until then some of its attempts are used up.
CREATE TABLE attempts (
    counter     BIGINT NOT NULL PRIMARY KEY,
    all_back_at BIGINT NOT NULL
);

-- From which networks each user got in lately, 8 at most. A network is 64 bits of its SHA-256.
CREATE TABLE acquaintances (
    user_id TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    network BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, network)
);
