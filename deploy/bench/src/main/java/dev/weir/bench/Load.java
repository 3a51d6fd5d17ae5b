package dev.weir.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Sends requests over a fixed number of connections, each waiting for its answer before it sends the next. As little as
 * possible is done per request, since client and gateway share the machine's cores.
 */
final class Load {
    private static final int MAX_SAMPLES = 2_000_000;

    private final int port;
    private final String token;
    private final int connections;

    Load(int port, String token, int connections) {
        this.port = port;
        this.token = token;
        this.connections = connections;
    }

    /** The body of request number n. */
    interface Bodies {
        String body(int n);
    }

    /**
     * What came of it.
     *
     * @param stale answers marked stale
     * @param failed answers other than 200
     */
    record Result(int requests, long nanos, int stale, int failed, long p50Nanos, long p99Nanos) {
        double perSecond() {
            return requests * 1e9 / nanos;
        }
    }

    private record Part(int[] latencies, int count, int stale, int failed) {}

    /** Sends until that many requests or that much time are used up. */
    Result run(String path, Bodies bodies, int maxRequests, Duration maxTime)
            throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        long begin = System.nanoTime();
        long end = begin + maxTime.toNanos();
        try (ExecutorService workers = Executors.newFixedThreadPool(connections)) {
            Callable<Part> worker = () -> work(path, bodies, next, maxRequests, end);
            var parts = workers.invokeAll(
                    IntStream.range(0, connections).mapToObj(_ -> worker).toList(),
                    maxTime.toSeconds() + 30,
                    TimeUnit.SECONDS);
            long took = System.nanoTime() - begin;
            int[] all = new int[0];
            int stale = 0;
            int failed = 0;
            for (Future<Part> future : parts) {
                Part part = future.get();
                int from = all.length;
                all = Arrays.copyOf(all, from + part.count());
                System.arraycopy(part.latencies(), 0, all, from, part.count());
                stale += part.stale();
                failed += part.failed();
            }
            Arrays.sort(all);
            return new Result(all.length, took, stale, failed, at(all, 50), at(all, 99));
        }
    }

    private Part work(String path, Bodies bodies, AtomicInteger next, int maxRequests, long end) throws IOException {
        int[] latencies = new int[MAX_SAMPLES / connections];
        int count = 0;
        int stale = 0;
        int failed = 0;
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: ";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 8192);
            OutputStream out = socket.getOutputStream();
            int n;
            while ((n = next.getAndIncrement()) < maxRequests && count < latencies.length) {
                String body = bodies.body(n);
                long sent = System.nanoTime();
                if (sent > end) {
                    break;
                }
                out.write((head + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
                Answer answer = Answer.read(in);
                latencies[count++] = (int) Math.min(Integer.MAX_VALUE, System.nanoTime() - sent);
                stale += answer.body().contains("\"stale\":true") ? 1 : 0;
                failed += answer.status() == 200 ? 0 : 1;
            }
        }
        return new Part(latencies, count, stale, failed);
    }

    private static long at(int[] sorted, int percent) {
        return sorted.length == 0
                ? 0
                : sorted[Math.min(sorted.length - 1, (int) ((long) sorted.length * percent / 100))];
    }

    private record Answer(int status, String body) {
        static Answer read(InputStream in) throws IOException {
            String line = line(in);
            int status = Integer.parseInt(line.substring(9, 12));
            int length = 0;
            while (!(line = line(in)).isEmpty()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            return new Answer(status, new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder(64);
            int read;
            while ((read = in.read()) != '\n') {
                if (read < 0) {
                    throw new IOException("the gateway closed the connection");
                }
                if (read != '\r') {
                    line.append((char) read);
                }
            }
            return line.toString();
        }
    }
}
