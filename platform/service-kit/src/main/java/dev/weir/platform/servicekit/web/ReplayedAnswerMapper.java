package dev.weir.platform.servicekit.web;

import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Gives a stored answer again. */
class ReplayedAnswerMapper {

    @ServerExceptionMapper(ReplayedAnswerException.class)
    Response replay(ReplayedAnswerException replayed) {
        return replayed.answer().replay();
    }
}
