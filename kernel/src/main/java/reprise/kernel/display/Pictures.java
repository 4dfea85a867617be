package reprise.kernel.display;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Shows {@code java.awt} images as PNG. */
final class Pictures implements Renderer {
  @Override
  public boolean accepts(Object value) {
    return value instanceof RenderedImage;
  }

  @Override
  public MimeBundle render(Object value) {
    var image = (RenderedImage) value;
    var bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", bytes)) {
        var copy =
            new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        copy.createGraphics().drawRenderedImage(image, null);
        ImageIO.write(copy, "png", bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the picture could not be written as PNG", e);
    }
    return MimeBundle.text("picture of " + image.getWidth() + " x " + image.getHeight())
        .png(bytes.toByteArray());
  }

  @Override
  public int priority() {
    return BUILT_IN;
  }
}
