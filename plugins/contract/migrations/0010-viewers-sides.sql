alter table "plg_contract"."viewers" add "counterparty_id" uuid null;
