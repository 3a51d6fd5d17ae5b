package dev.weir.platform.servicekit.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeyWaitTest {

    private final KeyWait keyWait = new KeyWait(new PlainProbeScope(), Duration.ofSeconds(30));

    @Test
    void goesOnAtOnceWhenTheKeyIsThere() {
        assertThat(keyWait.forValue(() -> Optional.of("here"))).contains("here");
    }

    @Test
    void goesOnWhenTheKeyArrives() throws Exception {
        AtomicReference<String> key = new AtomicReference<>();
        CountDownLatch looked = new CountDownLatch(1);
        var waiting = CompletableFuture.supplyAsync(() -> keyWait.forValue(() -> {
            looked.countDown();
            return Optional.ofNullable(key.get());
        }));
        looked.await();

        key.set("arrived");
        keyWait.signal();

        assertThat(waiting.join()).contains("arrived");
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        assertThat(keyWait.forValue(Duration.ofMillis(60), Optional::<String>empty))
                .isEmpty();
    }
}
