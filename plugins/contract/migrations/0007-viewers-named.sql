alter table "plg_contract"."viewers" drop constraint "viewers_pkey";
alter table "plg_contract"."viewers" add "id" uuid not null default gen_random_uuid(), add "name" text not null default '';
alter table "plg_contract"."viewers" alter column "id" drop default;
alter table "plg_contract"."viewers" add primary key ("organization_id", "id");
