-- A row that cannot be without another of its organization belongs to one by that. A key to the organization's own row makes all who write in it lock it.
alter table plg_ordering.orders drop constraint orders_organization_id_fkey;
alter table plg_ordering.order_lines drop constraint order_lines_organization_id_fkey;
