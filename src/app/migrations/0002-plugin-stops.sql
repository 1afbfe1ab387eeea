-- Of the installation, not of an organization: no role that serves requests reaches it.
create table plugin_stops (
  plugin text primary key,
  reason text not null,
  place text,
  -- it has done harm again although none of its fields were answered: it is not even loaded
  left_out boolean not null default false,
  stopped_at timestamptz not null default now()
);
