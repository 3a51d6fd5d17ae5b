package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.Pages;
import java.util.List;

/** {@code /v1/events}: what happened, newest first; the latest thousand. */
final class Events {
    private Events() {}

    static void register(Router router) {
        router.get("/v1/events", Rules.list("type", "types.#"), Events::list);
        router.get("/v1/events/{}", Rules.of(), Events::find);
    }

    private static ObjectNode list(Call call) {
        List<String> types = call.params().texts("types");
        return Pages.page(
                call.world().events().stream()
                        .filter(Pages.where("type", call.params().text("type")))
                        .filter(event -> types.isEmpty() || types.contains(Json.need(event, "type"))),
                call.params(),
                "/v1/events");
    }

    private static ObjectNode find(Call call) {
        return call.world().events().stream()
                .filter(Pages.where("id", call.id()))
                .findFirst()
                .orElseThrow(() -> StripeError.noSuch("event", call.id(), "id"));
    }
}
