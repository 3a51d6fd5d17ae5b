package dev.weir.platform.servicekit.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.platform.kernel.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the house's mapper the one that REST uses. */
class JsonConfig {

    @Produces
    @Singleton
    ObjectMapper mapper() {
        // A copy, so that an extension which customizes REST's mapper cannot touch the shared one.
        return Json.mapper().copy();
    }
}
