-- A backlog in a file, as the first version of the sandbox left it: its tables, and rows of every kind.
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'backlog','2026-11-25 19:23:43',1,X'7D68F6D6E7D95EBBC13CD701384F1322B00079EAAB4D0C9F6BC4D257D09169DE2B5D3F520595D0A5B0E3123FBF5B6D07',1036171);
CREATE TABLE features (
    id integer primary key autoincrement,
    kind text not null,
    title text not null,
    details text not null,
    status text not null,
    author_id integer references visitors (id) on delete set null,
    created_at integer not null
);
INSERT INTO "features" VALUES(1,'request','Dark mode','For the night.','in_progress',1,1795634625);
INSERT INTO "features" VALUES(2,'error','An error','','needs_action',2,1795634625);
INSERT INTO "features" VALUES(3,'feedback','An feedback','','needs_action',2,1795634625);
INSERT INTO "features" VALUES(4,'question','An question','','next_update',2,1795634625);
CREATE TABLE notifications (
    id integer primary key autoincrement,
    feature_id integer not null references features (id) on delete cascade,
    visitor_id integer not null references visitors (id) on delete cascade,
    status text not null,
    created_at integer not null
);
INSERT INTO "notifications" VALUES(1,1,1,'in_progress',1795634625);
INSERT INTO "notifications" VALUES(2,1,2,'in_progress',1795634625);
INSERT INTO "notifications" VALUES(3,1,3,'in_progress',1795634625);
INSERT INTO "notifications" VALUES(4,4,2,'next_update',1795634625);
CREATE TABLE project (
    id text not null primary key
);
INSERT INTO "project" VALUES('demo');
CREATE TABLE verdicts (
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
INSERT INTO "verdicts" VALUES(1,1795634625,'POST','/api/features','usr_scale',1,NULL,'usr_scale is worth 8250 cents (82.50) a month','2f7dc196','{"alg":"HS256","typ":"JWT"}','{"aud":"https://reqio.app/p/demo","email":"scale@acme.test","exp":1795634925,"iat":1795634625,"sub":"usr_scale","traits":{"amount":99000,"interval":"year","plan":"scale"}}');
INSERT INTO "verdicts" VALUES(2,1795634625,'POST','/api/features','usr_free',1,NULL,'usr_free is worth 0 cents (0.00) a month','e0779866','{"alg":"HS256","typ":"JWT"}','{"aud":"https://reqio.app/p/demo","email":"free@acme.test","exp":1795634925,"iat":1795634625,"sub":"usr_free","traits":{"amount":0,"interval":"month","plan":"free"}}');
INSERT INTO "verdicts" VALUES(6,1795634625,'POST','/api/features/1/vote','anonymous',1,NULL,'no token: an anonymous visitor',NULL,NULL,NULL);
INSERT INTO "verdicts" VALUES(7,1795634625,'GET','/api/features',NULL,0,'expired','the token expired 300 s ago; mint a new one before each 300 s are over and identify again','9348afc7','{"alg":"HS256","typ":"JWT"}','{"aud":"https://reqio.app/p/demo","email":"y","exp":1795634325,"iat":1795634025,"sub":"x","traits":{}}');
INSERT INTO "verdicts" VALUES(8,1795634625,'GET','/api/features',NULL,0,'malformed','the token has 1 part(s) between its dots; a token is header.payload.signature','999aaa86',NULL,NULL);
CREATE TABLE visitors (
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
INSERT INTO "visitors" VALUES(1,'usr_scale',NULL,'scale@acme.test','scale',99000,'year',8250,1795634625,1795634625,1795634625);
INSERT INTO "visitors" VALUES(2,'usr_free',NULL,'free@acme.test','free',0,'month',0,1795634625,1795634625,1795634625);
INSERT INTO "visitors" VALUES(3,NULL,'somebody',NULL,NULL,NULL,NULL,NULL,0,1795634625,1795634625);
CREATE TABLE voices (
    feature_id integer not null references features (id) on delete cascade,
    visitor_id integer not null references visitors (id) on delete cascade,
    primary key (feature_id, visitor_id)
);
INSERT INTO "voices" VALUES(1,1);
INSERT INTO "voices" VALUES(2,2);
INSERT INTO "voices" VALUES(3,2);
INSERT INTO "voices" VALUES(4,2);
INSERT INTO "voices" VALUES(1,2);
INSERT INTO "voices" VALUES(1,3);
CREATE INDEX visitors_by_last_seen on visitors (last_seen_at, id);
CREATE INDEX features_by_author on features (author_id);
CREATE INDEX voices_by_visitor on voices (visitor_id);
CREATE INDEX notifications_by_visitor on notifications (visitor_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('verdicts',9);
INSERT INTO "sqlite_sequence" VALUES('features',4);
INSERT INTO "sqlite_sequence" VALUES('notifications',4);
COMMIT;
