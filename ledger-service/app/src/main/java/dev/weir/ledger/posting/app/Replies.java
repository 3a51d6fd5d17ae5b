package dev.weir.ledger.posting.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.ledger.contract.WalletState;
import dev.weir.ledger.contract.WithWallets;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.ProblemResponses;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;

/** From answers to HTTP; for an edge that asks for it, with the wallets beside the answer. */
public final class Replies {

    private Replies() {}

    /** Runs the work and replies with its result, or with the problem that it ends in. */
    public static Response of(HttpHeaders headers, Supplier<Result> work) {
        Result result;
        try {
            result = work.get();
        } catch (Problem problem) {
            result = new Result(null, Answers.of(problem), List.of());
        }
        return of(headers, result.answer(), result.wallets());
    }

    /** Replies with an answer. */
    public static Response of(HttpHeaders headers, Answer answer, List<WalletState> wallets) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(response::header);
        if (asksForWallets(headers)) {
            return response.type(WithWallets.MEDIA_TYPE)
                    .entity(json(new WithWallets(answer.body(), wallets)))
                    .build();
        }
        return response.type(answer.problem() ? ProblemResponses.MEDIA_TYPE : MediaType.APPLICATION_JSON)
                .entity(json(answer.body()))
                .build();
    }

    private static boolean asksForWallets(HttpHeaders headers) {
        return headers.getRequestHeader(HttpHeaders.ACCEPT).stream()
                .anyMatch(accept -> accept.contains(WithWallets.MEDIA_TYPE));
    }

    private static String json(Object body) {
        try {
            return Json.mapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
    }
}
