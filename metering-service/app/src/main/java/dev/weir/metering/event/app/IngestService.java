package dev.weir.metering.event.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.catalog.contract.Meter;
import dev.weir.metering.MeteringConfig;
import dev.weir.metering.catalog.app.CatalogReadModel;
import dev.weir.metering.event.app.EventRows.KnownEvent;
import dev.weir.metering.event.app.EventRows.NewEvent;
import dev.weir.metering.event.app.IngestReport.Rejected;
import dev.weir.metering.event.domain.EventContent;
import dev.weir.metering.event.domain.MeterCheck;
import dev.weir.metering.event.domain.ReadEvent;
import dev.weir.metering.event.domain.ReadEvent.Fault;
import dev.weir.metering.event.domain.ReportedEvent;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes events in: everything that is answered as accepted has been kept durably, in one transaction. */
@ApplicationScoped
public class IngestService {

    private final EventRows rows;
    private final PendingUsage pending;
    private final CatalogReadModel catalog;
    private final DatabaseClock clock;
    private final MeteringConfig config;
    private final Counter acceptedEvents;

    IngestService(
            EventRows rows,
            PendingUsage pending,
            CatalogReadModel catalog,
            DatabaseClock clock,
            MeteringConfig config,
            MeterRegistry metrics) {
        this.rows = rows;
        this.pending = pending;
        this.catalog = catalog;
        this.clock = clock;
        this.config = config;
        this.acceptedEvents = metrics.counter("weir.metering.events.accepted");
    }

    private record Candidate(int index, ReportedEvent event, Instant time, EventContent content) {}

    /** Takes a batch; the answer is by item. */
    @Transactional
    public IngestReport take(List<ReadEvent> items) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MICROS);
        Collection<Meter> meters =
                catalog.inForce().map(inForce -> inForce.meters().values()).orElse(List.of());
        List<Rejected> rejected = new ArrayList<>();
        Map<UUID, Candidate> candidates = new LinkedHashMap<>();
        int duplicates = 0;
        for (int index = 0; index < items.size(); index++) {
            Candidate candidate = candidate(items.get(index), index, now, meters, rejected);
            if (candidate == null) {
                continue;
            }
            Candidate first = candidates.putIfAbsent(candidate.event().identity(), candidate);
            if (first != null && first.content().agreesWith(candidate.content())) {
                duplicates++;
            } else if (first != null) {
                rejected.add(conflict(candidate));
            }
        }
        Map<UUID, Long> inserted = insert(candidates, now);
        duplicates += compare(candidates, inserted, rejected);
        rejected.sort(Comparator.comparingInt(Rejected::index));
        acceptedEvents.increment(inserted.size());
        return new IngestReport(inserted.size(), duplicates, rejected);
    }

    private @Nullable Candidate candidate(
            ReadEvent item, int index, Instant now, Collection<Meter> meters, List<Rejected> rejected) {
        return switch (item) {
            case ReadEvent.Malformed malformed -> {
                rejected.add(malformed(index, malformed.id(), malformed.faults()));
                yield null;
            }
            case ReadEvent.WellFormed(ReportedEvent event) -> candidate(event, index, now, meters, rejected);
        };
    }

    private @Nullable Candidate candidate(
            ReportedEvent event, int index, Instant now, Collection<Meter> meters, List<Rejected> rejected) {
        Instant time = event.time() == null ? now : event.time();
        if (time.isBefore(now.minus(config.ingest().maxAge()))) {
            rejected.add(new Rejected(
                    index,
                    event.id(),
                    "TOO_OLD",
                    "its time is more than " + config.ingest().maxAge() + " ago"));
            return null;
        }
        if (time.isAfter(now.plus(config.ingest().maxAhead()))) {
            rejected.add(new Rejected(
                    index,
                    event.id(),
                    "IN_FUTURE",
                    "its time is more than " + config.ingest().maxAhead() + " ahead"));
            return null;
        }
        List<Fault> faults = MeterCheck.faults(meters, event.type(), event.data());
        if (!faults.isEmpty()) {
            rejected.add(malformed(index, event.id(), faults));
            return null;
        }
        return new Candidate(index, event, time, event.content());
    }

    private Map<UUID, Long> insert(Map<UUID, Candidate> candidates, Instant now) {
        if (candidates.isEmpty()) {
            return Map.of();
        }
        List<NewEvent> events = candidates.entrySet().stream()
                .map(entry -> newEvent(entry.getKey(), entry.getValue()))
                .toList();
        Map<UUID, Long> inserted = rows.insertNew(events, now);
        if (!inserted.isEmpty()) {
            pending.signal();
        }
        return inserted;
    }

    /** What was known before: how many say the same. */
    private int compare(Map<UUID, Candidate> candidates, Map<UUID, Long> inserted, List<Rejected> rejected) {
        List<UUID> others = candidates.keySet().stream()
                .filter(identity -> !inserted.containsKey(identity))
                .toList();
        if (others.isEmpty()) {
            return 0;
        }
        Map<UUID, KnownEvent> known = rows.known(others);
        int same = 0;
        for (UUID identity : others) {
            Candidate candidate = Objects.requireNonNull(candidates.get(identity));
            KnownEvent before = known.get(identity);
            // Gone between the two statements means that it has just been forgotten for its age: it was a repeat.
            if (before == null || before.content().agreesWith(candidate.content())) {
                same++;
            } else {
                rejected.add(conflict(candidate));
            }
        }
        return same;
    }

    private static NewEvent newEvent(UUID identity, Candidate candidate) {
        ReportedEvent event = candidate.event();
        return new NewEvent(
                identity,
                event.subject(),
                event.source(),
                event.id(),
                event.type(),
                event.resource(),
                candidate.time(),
                event.data() == null ? JsonNodeFactory.instance.objectNode() : event.data(),
                true,
                candidate.content());
    }

    private static Rejected conflict(Candidate candidate) {
        return new Rejected(
                candidate.index(),
                candidate.event().id(),
                "EVENT_CONFLICT",
                "an event of this source and id is known with other content");
    }

    private static Rejected malformed(int index, @Nullable String id, List<Fault> faults) {
        String detail = faults.stream().map(Fault::detail).collect(Collectors.joining("; "));
        return new Rejected(index, id, "MALFORMED_EVENT", detail);
    }
}
