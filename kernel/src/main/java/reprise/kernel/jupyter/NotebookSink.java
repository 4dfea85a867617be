package reprise.kernel.jupyter;

import com.google.gson.JsonObject;
import reprise.kernel.display.DisplaySink;
import reprise.kernel.display.MimeBundle;

/** Sends what a cell displays to the notebook. */
final class NotebookSink implements DisplaySink {
  private final Publisher publisher;
  private final Capture capture;

  NotebookSink(Publisher publisher, Capture capture) {
    this.publisher = publisher;
    this.capture = capture;
  }

  @Override
  public void show(MimeBundle bundle, String id) {
    send("display_data", bundle, id);
  }

  @Override
  public void update(MimeBundle bundle, String id) {
    send("update_display_data", bundle, id);
  }

  @Override
  public void clear(boolean wait) {
    var content = new JsonObject();
    content.addProperty("wait", wait);
    publisher.publish(capture.request(), "clear_output", content);
  }

  private void send(String type, MimeBundle bundle, String id) {
    var content = Content.bundle(bundle);
    var handle = new JsonObject();
    handle.addProperty("display_id", id);
    content.add("transient", handle);
    publisher.publish(capture.request(), type, content);
  }
}
