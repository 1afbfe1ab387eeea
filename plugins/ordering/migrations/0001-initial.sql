create schema plg_ordering;
grant usage on schema plg_ordering to guichet_app;

create table plg_ordering.products (
  organization_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  name text not null,
  description text,
  unit text not null,
  price_minor bigint not null check (price_minor > 0),
  currency text not null,
  stock bigint not null,
  withdrawn_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id)
);
create index products_name on plg_ordering.products (organization_id, name, id);
create index products_offered on plg_ordering.products (organization_id, id desc) where withdrawn_at is null;
alter table plg_ordering.products enable row level security;
alter table plg_ordering.products force row level security;
create policy products_organization on plg_ordering.products to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on plg_ordering.products to guichet_app;

create table plg_ordering.orders (
  organization_id uuid not null,
  form_id uuid not null,
  note text,
  total_minor bigint not null,
  currency text not null,
  received_at timestamptz,
  primary key (organization_id, form_id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, form_id) references business_forms (organization_id, id) on delete restrict
);
alter table plg_ordering.orders enable row level security;
alter table plg_ordering.orders force row level security;
create policy orders_organization on plg_ordering.orders to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on plg_ordering.orders to guichet_app;

create table plg_ordering.order_lines (
  organization_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  position integer not null,
  product_id uuid not null,
  name text not null,
  unit text not null,
  unit_price_minor bigint not null,
  currency text not null,
  quantity integer not null check (quantity > 0),
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, form_id) references business_forms (organization_id, id) on delete restrict,
  foreign key (organization_id, product_id) references plg_ordering.products (organization_id, id) on delete restrict
);
create unique index order_lines_form on plg_ordering.order_lines (organization_id, form_id, position);
alter table plg_ordering.order_lines enable row level security;
alter table plg_ordering.order_lines force row level security;
create policy order_lines_organization on plg_ordering.order_lines to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on plg_ordering.order_lines to guichet_app;
