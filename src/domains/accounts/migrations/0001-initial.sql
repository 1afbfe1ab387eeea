create schema identity;

create table identity.secrets (
  name text primary key,
  value bytea not null
);

create table identity.accounts (
  id uuid primary key,
  phone text not null unique check (phone ~ '^\+[1-9][0-9]{4,14}$'),
  created_at timestamptz not null
);

-- The index of seats: an account's seats are the rows with its phone that have not ended.
create table identity.seats (
  organization_id uuid not null,
  seat_id uuid not null,
  kind text not null check (kind in ('EMPLOYEE', 'CONTACT')),
  phone text not null check (phone ~ '^\+[1-9][0-9]{4,14}$'),
  is_demo boolean not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  last_used_at timestamptz,
  primary key (organization_id, seat_id)
);
create index seats_phone on identity.seats (phone) where ended_at is null;

create table identity.sessions (
  id uuid primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  account_id uuid not null references identity.accounts (id),
  organization_id uuid,
  seat_id uuid,
  -- Opened without proof of the phone, on a demo server: reaches the seats of demo organizations only.
  demo_only boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  -- Counted from signing in; switching the seat does not move it.
  expires_at timestamptz not null,
  ended_at timestamptz,
  check ((organization_id is null) = (seat_id is null)),
  foreign key (organization_id, seat_id) references identity.seats (organization_id, seat_id)
);
create index sessions_account on identity.sessions (account_id, id desc);
create index sessions_seat on identity.sessions (organization_id, seat_id) where ended_at is null;
-- What has ended lately: asked by every server, twice a second.
create index sessions_ended on identity.sessions (ended_at) where ended_at is not null;
create index sessions_expiry on identity.sessions (expires_at);

-- One live code a phone: a new one takes the place of the one before.
create table identity.sign_in_codes (
  phone text primary key check (phone ~ '^\+[1-9][0-9]{4,14}$'),
  code_hash bytea not null check (length(code_hash) = 32),
  tries integer not null default 0 check (tries >= 0),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sign_in_codes_expiry on identity.sign_in_codes (expires_at);

-- When codes were asked for, by number and by address; both stand here as keyed hashes.
create table identity.code_requests (
  id uuid primary key,
  subject bytea not null,
  requested_at timestamptz not null
);
create index code_requests_subject on identity.code_requests (subject, requested_at desc);
create index code_requests_age on identity.code_requests (requested_at);

revoke all on schema identity from public;
revoke all on all tables in schema identity from public;
grant usage on schema identity to guichet_identity;
grant select, insert, update, delete on all tables in schema identity to guichet_identity;
