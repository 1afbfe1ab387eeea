create table idempotency_keys (
  organization_id uuid not null,
  seat_id uuid not null,
  key text not null,
  mutation text not null,
  input_hash text not null,
  outcome jsonb,
  created_at timestamptz not null,
  primary key (organization_id, seat_id, key),
  foreign key (organization_id) references organizations (organization_id)
);
create index idempotency_keys_age on idempotency_keys (organization_id, created_at);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy idempotency_keys_organization on idempotency_keys to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on idempotency_keys to guichet_app;
create policy idempotency_keys_worker on idempotency_keys to guichet_worker using (true) with check (true);
grant select, insert, update, delete on idempotency_keys to guichet_worker;

create table events (
  organization_id uuid not null,
  id uuid not null,
  stream uuid not null,
  seq bigint,
  topic text not null,
  kind text not null,
  seat_id uuid,
  subject_id uuid not null,
  facts jsonb not null,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id)
);
create unique index events_stream_seq on events (organization_id, stream, seq) where seq is not null;
create index events_unnumbered on events (organization_id, stream, id) where seq is null;
create index events_age on events (organization_id, at);
alter table events enable row level security;
alter table events force row level security;
create policy events_organization on events to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on events to guichet_app;
create policy events_worker on events to guichet_worker using (true) with check (true);
grant select, insert, update, delete on events to guichet_worker;

create table event_streams (
  organization_id uuid not null,
  stream uuid not null,
  last_seq bigint not null,
  purged_seq bigint not null default 0,
  primary key (organization_id, stream),
  foreign key (organization_id) references organizations (organization_id)
);
alter table event_streams enable row level security;
alter table event_streams force row level security;
create policy event_streams_organization on event_streams to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on event_streams to guichet_app;
create policy event_streams_worker on event_streams to guichet_worker using (true) with check (true);
grant select, insert, update, delete on event_streams to guichet_worker;

create table rights_versions (
  organization_id uuid not null,
  version bigint not null,
  raised_by bigint not null,
  primary key (organization_id),
  foreign key (organization_id) references organizations (organization_id)
);
alter table rights_versions enable row level security;
alter table rights_versions force row level security;
create policy rights_versions_organization on rights_versions to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on rights_versions to guichet_app;
create policy rights_versions_worker on rights_versions to guichet_worker using (true) with check (true);
grant select, insert, update, delete on rights_versions to guichet_worker;
