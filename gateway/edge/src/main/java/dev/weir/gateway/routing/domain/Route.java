package dev.weir.gateway.routing.domain;

import dev.weir.gateway.upstream.domain.Target;
import java.util.List;
import java.util.Set;

/**
 * A line of the table role x path.
 *
 * @param methods upper case
 * @param path segments by slash; {@code {x}} stands for one segment, {@code **} at the end for any number, none included
 * @param roles any of these may call it; empty = everyone, without a token
 */
public record Route(Set<String> methods, String path, Set<String> roles, Target target, Flow flow) {

    public Route {
        methods = Set.copyOf(methods);
        roles = Set.copyOf(roles);
    }

    /** Whether the path, cut into segments, is one of these. */
    public boolean matches(List<String> segments) {
        List<String> pattern = segments(path);
        boolean open = !pattern.isEmpty() && pattern.getLast().equals("**");
        int fixed = open ? pattern.size() - 1 : pattern.size();
        if (open ? segments.size() < fixed : segments.size() != fixed) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            boolean any = pattern.get(i).startsWith("{");
            if (any ? segments.get(i).isEmpty() : !pattern.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The segments of a path, without the empty one before the leading slash. */
    public static List<String> segments(String path) {
        String inner = path.startsWith("/") ? path.substring(1) : path;
        return inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
    }
}
