package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The only writer of the iopub socket. Messages leave in the order in which they were published;
 * printed text is gathered for {@value #GATHER_MS} ms, so that ten thousand lines are a handful of
 * messages. Memory is bounded: who prints faster than the front end reads has to wait.
 */
final class Publisher implements Runnable {
  private static final int GATHER_MS = 25;
  private static final int CHUNK = 256 << 10;
  private static final long BACKLOG = 32L << 20;

  private final ZMQ.Socket socket;
  private final Wire wire;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Message> queue = new ArrayDeque<>();
  private Batch open;
  private long backlog;
  private boolean closed;
  private boolean lossy;
  private final CountDownLatch done = new CountDownLatch(1);

  /** Text of one stream that waits for more of it. */
  private record Batch(Message parent, String stream, ByteArrayOutputStream bytes, long due) {}

  Publisher(ZMQ.Socket socket, Wire wire) {
    this.socket = socket;
    this.wire = wire;
  }

  /** Publishes a message that follows from a request. */
  void publish(Message parent, String type, JsonObject content) {
    publish(Message.to(parent, type, content));
  }

  void publish(Message message) {
    var topic = message.type().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    lock.lock();
    try {
      seal();
      queue.add(message.withIdentities(List.of(topic)));
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  void status(Message parent, String state) {
    var content = new JsonObject();
    content.addProperty("execution_state", state);
    publish(parent, "status", content);
  }

  /** Adds printed bytes to a stream of a cell. */
  void print(Message parent, String stream, byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      while (backlog > BACKLOG && !closed) {
        room.await();
      }
      if (open != null
          && (!open.parent().id().equals(parent.id()) || !open.stream().equals(stream))) {
        seal(true);
      }
      if (open == null) {
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER_MS);
        open = new Batch(parent, stream, new ByteArrayOutputStream(), due);
        work.signal();
      }
      open.bytes().write(bytes, offset, length);
      backlog += length;
      if (open.bytes().size() >= CHUNK) {
        seal();
        work.signal();
      }
    } catch (InterruptedException e) {
      // The cell is being stopped; what it still prints is not worth waiting for.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends what is left, then closes the socket; returns when that is done or the time is over.
   * Until then the context must not be ended: that would take the socket away from under the last
   * messages.
   */
  void close(long millis) throws InterruptedException {
    lock.lock();
    try {
      seal();
      closed = true;
      work.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    if (!done.await(millis, TimeUnit.MILLISECONDS)) {
      Log.debug("some messages may not have left");
    }
  }

  /** Makes the open batch a message; a character cut in two waits for its second half. */
  private void seal() {
    seal(false);
  }

  private void seal(boolean cut) {
    if (open == null) {
      return;
    }
    var batch = open;
    open = null;
    var bytes = batch.bytes().toByteArray();
    int whole = cut ? bytes.length : Utf8.wholeCharacters(bytes);
    if (whole > 0) {
      var content = new JsonObject();
      content.addProperty("name", batch.stream());
      content.addProperty(
          "text", new String(bytes, 0, whole, java.nio.charset.StandardCharsets.UTF_8));
      queue.add(
          Message.to(batch.parent(), "stream", content)
              .withIdentities(
                  List.of(
                      ("stream." + batch.stream())
                          .getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
    }
    if (whole < bytes.length) {
      open = new Batch(batch.parent(), batch.stream(), new ByteArrayOutputStream(), Long.MAX_VALUE);
      open.bytes().write(bytes, whole, bytes.length - whole);
    }
  }

  @Override
  public void run() {
    try {
      while (true) {
        var message = next();
        if (message == null) {
          return;
        }
        send(message);
      }
    } catch (ZMQException e) {
      Log.debug("iopub ends: " + e);
    } finally {
      socket.close();
      done.countDown();
    }
  }

  private Message next() {
    lock.lock();
    try {
      while (true) {
        var message = queue.poll();
        if (message != null) {
          if (message.type().equals("stream")) {
            backlog = Math.max(0, backlog - message.text("text", "").length());
            room.signalAll();
          }
          return message;
        }
        if (closed) {
          return null;
        }
        if (open == null || open.due() == Long.MAX_VALUE) {
          work.awaitUninterruptibly();
        } else {
          long wait = open.due() - System.nanoTime();
          if (wait <= 0) {
            seal();
          } else {
            work.awaitNanos(wait);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a slow reader up to the socket's time-out; after that messages for it are lost, as
   * the others must not wait for one that sleeps.
   */
  private void send(Message message) {
    if (wire.send(socket, message)) {
      if (lossy && message.type().equals("status")) {
        lossy = false;
        socket.setXpubNoDrop(true);
      }
      return;
    }
    lossy = true;
    socket.setXpubNoDrop(false);
    Log.warn("a front end does not read its output; it loses messages until it does");
    wire.send(socket, message);
  }
}
