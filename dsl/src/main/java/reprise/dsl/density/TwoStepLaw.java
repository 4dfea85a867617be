package reprise.dsl.density;

/**
 * The paper's own scale of the ruler: loss from parameters and tokens, score from loss (arXiv
 * 2412.04315, equations 2 and 3).
 *
 * @param a of the term of parameters, positive
 * @param alpha its exponent, positive
 * @param b of the term of tokens, positive
 * @param beta its exponent, positive
 * @param c range of the score, positive
 * @param gamma slope in loss, negative: the score rises as the loss falls
 * @param l loss at which half of the range is reached
 * @param d score of guessing
 */
public record TwoStepLaw(
    double a, double alpha, double b, double beta, double c, double gamma, double l, double d) {
  public TwoStepLaw {
    if (!(a > 0 && alpha > 0 && b > 0 && beta > 0 && c > 0 && gamma < 0)) {
      throw new IllegalArgumentException(
          "two-step law: a, alpha, b, beta, c must be positive and gamma negative, got a = "
              + a
              + ", alpha = "
              + alpha
              + ", b = "
              + b
              + ", beta = "
              + beta
              + ", c = "
              + c
              + ", gamma = "
              + gamma);
    }
  }

  /** {@code L = a N^-alpha + b D^-beta} (equation 2). */
  public double loss(double params, double tokens) {
    return a * Math.pow(params, -alpha) + b * Math.pow(tokens, -beta);
  }

  /** {@code S = c / (1 + e^(-gamma (L - l))) + d} (equation 3). */
  public double score(double loss) {
    return c / (1 + Math.exp(-gamma * (loss - l))) + d;
  }

  /**
   * The parameters with which a reference model, trained on that many tokens, has that score
   * (equation 4): {@code L^ = l - ln(c / (S - d) - 1) / gamma}, {@code N^ = ((L^ - b D^-beta) /
   * a)^(-1/alpha)}.
   *
   * @return NaN outside the domain {@code d < S < c + d}, {@code L^ > b D^-beta}; {@link #outside}
   *     says why
   */
  public double effective(double score, double tokens) {
    if (!(score > d && score < c + d)) {
      return Double.NaN;
    }
    double rest = lossOf(score) - b * Math.pow(tokens, -beta);
    return rest > 0 ? Math.pow(rest / a, -1 / alpha) : Double.NaN;
  }

  /** Why a score has no size, or empty where it has one. */
  public String outside(double score, double tokens) {
    if (!(score > d)) {
      return "the score " + score + " is not above guessing, " + d;
    }
    if (!(score < c + d)) {
      return "the score " + score + " is not below the largest that the law gives, " + (c + d);
    }
    double floor = b * Math.pow(tokens, -beta);
    return lossOf(score) > floor
        ? ""
        : "the score "
            + score
            + " needs a loss of "
            + lossOf(score)
            + ", and with "
            + tokens
            + " tokens no size comes below "
            + floor;
  }

  private double lossOf(double score) {
    return l - Math.log(c / (score - d) - 1) / gamma;
  }
}
