-- What gridsvc needs in its database on a server of your own. An administrator (superuser) runs it once:
--
--     createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0 --owner=gridsvc gridsvc
--     psql -d gridsvc -f scripts/sql/extensions.sql
--
-- The private cluster does this by itself.
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
