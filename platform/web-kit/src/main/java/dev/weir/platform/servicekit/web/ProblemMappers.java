package dev.weir.platform.servicekit.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.weir.platform.kernel.Problem;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where a failure becomes an answer. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    // CHARACTER_NOT_IN_REPERTOIRE and UNTRANSLATABLE_CHARACTER.
    private static final Set<String> NUL_STATES = Set.of("22021", "22P05");

    @ServerExceptionMapper(Problem.class)
    Response problem(Problem problem) {
        return ProblemResponses.of(problem);
    }

    @ServerExceptionMapper(JsonProcessingException.class)
    Response json(JsonProcessingException failure) {
        return ProblemResponses.of(JsonProblems.of(failure));
    }

    @ServerExceptionMapper(MismatchedInputException.class)
    Response mismatch(MismatchedInputException failure) {
        return ProblemResponses.of(JsonProblems.of(failure));
    }

    @ServerExceptionMapper(ConstraintViolationException.class)
    Response validation(ConstraintViolationException failure) {
        boolean answer = failure.getConstraintViolations().stream().anyMatch(ProblemMappers::isOfAnswer);
        if (answer) {
            return internal(failure);
        }
        Problem problem = Problem.badRequest("INVALID_REQUEST", "the request is not valid");
        failure.getConstraintViolations().stream()
                .sorted(Comparator.comparing(
                        violation -> violation.getPropertyPath().toString()))
                .forEach(violation -> problem.error(field(violation), code(violation), violation.getMessage()));
        return ProblemResponses.of(problem);
    }

    @ServerExceptionMapper({
        UnauthorizedException.class,
        AuthenticationFailedException.class,
        AuthenticationCompletionException.class
    })
    Response noToken(Throwable failure) {
        LOG.debug("A caller could not be authenticated", failure);
        return unauthenticated();
    }

    @ServerExceptionMapper(OIDCException.class)
    Response noIdentityProvider(OIDCException failure) {
        LOG.warn("A token could not be checked", failure);
        return ProblemResponses.of(
                new Problem(503, "UNAVAILABLE", "tokens cannot be checked now, try again").header("Retry-After", "1"));
    }

    @ServerExceptionMapper(ForbiddenException.class)
    Response forbidden(ForbiddenException failure) {
        return ProblemResponses.of(Problem.forbidden("FORBIDDEN", "the token does not have the role that this needs"));
    }

    @ServerExceptionMapper(WebApplicationException.class)
    Response web(WebApplicationException failure) {
        if (failure.getCause() instanceof JsonProcessingException json) {
            return ProblemResponses.of(JsonProblems.of(json));
        }
        Response given = failure.getResponse();
        int status = given.getStatus();
        if (status < 400 || given.hasEntity()) {
            return given;
        }
        return switch (status) {
            case 400 -> ProblemResponses.of(Problem.badRequest("BAD_REQUEST", "the request is not valid"));
            case 401 -> unauthenticated();
            case 403 -> ProblemResponses.of(Problem.forbidden("FORBIDDEN", "this is not allowed"));
            case 404 -> ProblemResponses.of(Problem.notFound("NOT_FOUND", "there is nothing at this path"));
            case 405 ->
                ProblemResponses.of(new Problem(405, "METHOD_NOT_ALLOWED", "the path does not take this method"));
            case 406 -> ProblemResponses.of(new Problem(406, "NOT_ACCEPTABLE", "no acceptable media type"));
            case 413 -> ProblemResponses.of(new Problem(413, "BODY_TOO_LARGE", "the body is too large"));
            case 415 ->
                ProblemResponses.of(
                        new Problem(415, "UNSUPPORTED_MEDIA_TYPE", "the content type is not supported here"));
            case 503 -> ProblemResponses.of(new Problem(503, "UNAVAILABLE", "not available now, try again"));
            default ->
                status < 500
                        ? ProblemResponses.of(new Problem(status, "REFUSED", "the request was refused"))
                        : internal(failure);
        };
    }

    /** JAX-RS calls a query parameter that does not convert "not found", and a caller would look for a fault in the path. */
    @ServerExceptionMapper(NotFoundException.class)
    Response notFound(NotFoundException failure, UriInfo uri) {
        String why = failure.getCause() == null ? null : failure.getCause().getMessage();
        if (why != null) {
            for (var parameter : uri.getQueryParameters().entrySet()) {
                if (parameter.getValue().stream().anyMatch(value -> why.contains('"' + value + '"'))) {
                    String name = parameter.getKey();
                    return ProblemResponses.of(Problem.badRequest("INVALID_VALUE", name + " must be a whole number")
                            .error(name, "INVALID_VALUE", "must be a whole number"));
                }
            }
        }
        return web(failure);
    }

    @ServerExceptionMapper(Throwable.class)
    Response anything(Throwable failure) {
        return hasNul(failure)
                ? ProblemResponses.of(Problem.badRequest("INVALID_TEXT", "no text may hold the character NUL"))
                : internal(failure);
    }

    /** PostgreSQL refuses NUL in text and in JSON; whatever statement met it, its transaction has been rolled back. */
    private static boolean hasNul(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && NUL_STATES.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static Response unauthenticated() {
        return ProblemResponses.of(new Problem(401, "UNAUTHENTICATED", "a valid bearer token is needed")
                .header("WWW-Authenticate", "Bearer"));
    }

    private static Response internal(Throwable failure) {
        LOG.error("A request failed", failure);
        return ProblemResponses.of(new Problem(500, "INTERNAL", "an unexpected error; the logs say more"));
    }

    private static boolean isOfAnswer(ConstraintViolation<?> violation) {
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.RETURN_VALUE) {
                return true;
            }
        }
        return false;
    }

    /** The path without the method's name, and without the body parameter's name where a field of the body is meant. */
    private static String field(ConstraintViolation<?> violation) {
        StringBuilder path = new StringBuilder();
        String parameter = "";
        for (Path.Node node : violation.getPropertyPath()) {
            switch (node.getKind()) {
                case METHOD, CONSTRUCTOR -> {}
                case PARAMETER -> parameter = node.getName();
                default -> {
                    if (node.getIndex() != null) {
                        path.append('[').append(node.getIndex()).append(']');
                    }
                    if (node.getName() != null) {
                        path.append(path.isEmpty() ? "" : ".").append(node.getName());
                    }
                }
            }
        }
        return path.isEmpty() ? parameter : path.toString();
    }

    private static String code(ConstraintViolation<?> violation) {
        String name = violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName();
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
