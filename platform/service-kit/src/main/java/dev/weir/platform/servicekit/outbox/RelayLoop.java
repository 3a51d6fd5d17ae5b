package dev.weir.platform.servicekit.outbox;

import com.rabbitmq.client.Channel;
import dev.weir.platform.servicekit.amqp.BrokerLink;
import dev.weir.platform.servicekit.amqp.BrokerLink.BrokerConnection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection to the broker for as long as the process lives: declares what this service needs, answers and asks for
 * replays, and lets the relay work. When the broker or the database is away it tries again, ever more slowly.
 */
@Singleton
class RelayLoop implements Runnable {

    private static final Logger LOG = Logger.getLogger(RelayLoop.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private final BrokerLink broker;
    private final Relay relay;
    private final ReplayServer replayServer;
    private final ReplayRequester replayRequester;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    RelayLoop(BrokerLink broker, Relay relay, ReplayServer replayServer, ReplayRequester replayRequester) {
        this.broker = broker;
        this.relay = relay;
        this.replayServer = replayServer;
        this.replayRequester = replayRequester;
    }

    void start(@Observes StartupEvent event) {
        if (broker.isEnabled()) {
            thread = Thread.ofPlatform().name("weir-relay").daemon().start(this);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            running.join(Duration.ofSeconds(2));
        }
    }

    @Override
    public void run() {
        Duration pause = FIRST_PAUSE;
        while (!stopped) {
            long began = System.nanoTime();
            try (BrokerConnection connection = broker.connect()) {
                serve(connection);
            } catch (InterruptedException e) {
                stopped = true;
            } catch (IOException | SQLException | TimeoutException | RuntimeException e) {
                boolean wasUp = Duration.ofNanos(System.nanoTime() - began).compareTo(LONGEST_PAUSE) > 0;
                pause = wasUp ? FIRST_PAUSE : longer(pause);
                LOG.warnf("The relay starts again in %d ms: %s", pause.toMillis(), reason(e));
                LOG.debug("The relay failed", e);
                rest(pause);
            }
        }
    }

    private void serve(BrokerConnection connection)
            throws IOException, SQLException, TimeoutException, InterruptedException {
        replayServer.serve(connection);
        replayRequester.askOnFirstStart();
        try (Channel channel = connection.confirming()) {
            while (!stopped) {
                if (relay.publishBatch(channel) == 0) {
                    relay.awaitWork();
                }
                connection.requireOpen();
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
