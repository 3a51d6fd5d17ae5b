-- The application may not drop tables; through this it may drop the usage partitions of months that are over and empty.
CREATE FUNCTION drop_empty_usage_partitions(before timestamptz) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
    part    record;
    month   date;
    empty   boolean;
    dropped int := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ensure_usage_partitions'));
    FOR part IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent IN ('usage_event'::regclass, 'usage_settlement'::regclass, 'counted_usage'::regclass)
            AND c.relname ~ '_[0-9]{4}_[0-9]{2}$'
        ORDER BY c.relname
    LOOP
        month := to_date(right(part.relname, 7), 'YYYY_MM');
        IF (month + interval '1 month')::date + time '00:00' AT TIME ZONE 'UTC' <= before THEN
            EXECUTE format('SELECT NOT EXISTS (SELECT 1 FROM %I)', part.relname) INTO empty;
            IF empty THEN
                EXECUTE format('DROP TABLE %I', part.relname);
                dropped := dropped + 1;
            END IF;
        END IF;
    END LOOP;
    RETURN dropped;
END
$$;
REVOKE EXECUTE ON FUNCTION drop_empty_usage_partitions(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_empty_usage_partitions(timestamptz) TO "${appRole}";
