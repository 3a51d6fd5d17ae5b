package dev.weir.platform.servicekit.web;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A write that may be repeated with the same {@code Idempotency-Key}: the first answer is given again, with the header
 * {@code Idempotency-Replayed: true}. The kit opens a transaction around the method and stores the answer in it, so the
 * effect and the answer stand or fall together; code that the method calls joins it (plain {@code @Transactional}).
 * Refusals are not stored. Without the header the method just runs.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {}
