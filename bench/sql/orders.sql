-- Orders of contacts, two each, confirmed and in part under way: three lines, one shipment (A1).
create schema if not exists bench;
create or replace function bench.id_of(what text, at timestamptz) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(what), 1, 3) || '8' || substr(md5(what), 4, 15))::uuid
$$;
create temporary table ordered as
  select contact.organization_id, bench.id_of(contact.id || '/order/' || nth, at) as form_id, contact.id as contact_id, contact.name, contact.n * 2 + nth as n, at
  from (select *, row_number() over (order by md5(id::text)) as n from contacts where organization_id = (select min(organization_id::text)::uuid from form_templates)) contact,
    generate_series(0, 1) nth,
    lateral (select timestamptz '2026-03-01' + (contact.n * 2 + nth) * interval '1 second' as at) moment;
insert into plg_ordering.products (organization_id, id, name, sort_name, unit, price_minor, currency, stock)
  select organization_id, bench.id_of('product', '2026-01-01'), 'Valve', 'valve', 'piece', 12000, 'CNY', 1000000 from ordered limit 1;
insert into form_templates (organization_id, id, name, kind, enabled, current_version, created_at)
  select organization_id, bench.id_of('orders', '2026-01-01'), 'Order', 'ORDER', true, 1, '2026-01-01' from ordered limit 1;
insert into form_template_versions (organization_id, template_id, version, with_confirmation, fields, published_at)
  select organization_id, bench.id_of('orders', '2026-01-01'), 1, true, '[]', '2026-01-01' from ordered limit 1;
insert into business_forms (organization_id, id, version, number, kind, template_id, template_version, contact_id, state, customer_state, customer_state_since, submitted_at, updated_at)
  select organization_id, form_id, 1, 'PO-' || lpad(n::text, 8, '0'), 'ORDER', bench.id_of('orders', '2026-01-01'), 1, contact_id,
    'AWAITING_CONFIRMATION', 'AWAITING_YOUR_CONFIRMATION', at, at, at from ordered;
insert into plg_ordering.orders (organization_id, form_id, total_minor, currency, tax_minor, ships, state, number, contact_id, recipient)
  select organization_id, form_id, 72000, 'CNY', 0, true, 'PART_SHIPPED', 'PO-' || lpad(n::text, 8, '0'), contact_id, name from ordered;
insert into plg_ordering.order_lines (organization_id, id, form_id, position, product_id, name, unit, unit_price_minor, currency, quantity, total_minor, shipped)
  select organization_id, bench.id_of(form_id || '/line/' || nth, at + nth * interval '1 millisecond'), form_id, nth, bench.id_of('product', '2026-01-01'),
    'Valve ' || nth, 'piece', 12000, 'CNY', nth + 1, 12000 * (nth + 1), case when nth < 2 then 1 else 0 end from ordered, generate_series(0, 2) nth;
insert into plg_ordering.shipments (organization_id, id, form_id, carrier, shipped_at, shipped_by)
  select ordered.organization_id, bench.id_of(form_id || '/shipment', at), form_id, 'Carrier ' || n % 5, at, who.id from ordered,
    (select id from employees where organization_id = (select organization_id from ordered limit 1) order by id limit 1) who;
drop table ordered;
