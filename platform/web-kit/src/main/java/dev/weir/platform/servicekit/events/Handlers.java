package dev.weir.platform.servicekit.events;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service's event handlers by type. */
@Singleton
public class Handlers {

    private final Map<String, List<EventHandler>> byType = new HashMap<>();

    Handlers(Instance<EventHandler> handlers) {
        for (EventHandler handler : handlers) {
            byType.computeIfAbsent(handler.type(), type -> new ArrayList<>()).add(handler);
        }
    }

    /** The handlers of a type; empty if the service does not know it. */
    public List<EventHandler> of(String type) {
        return byType.getOrDefault(type, List.of());
    }
}
