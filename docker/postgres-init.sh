#!/bin/sh
# Once, in an empty PostgreSQL: the role that the product works as, and a database of its own for the Inngest server's history.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$POSTGRES_APP_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role holdpoint_app login nosuperuser nocreatedb nocreaterole password :'password';
create database inngest;
SQL
