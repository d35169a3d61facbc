# Makes expected.csv, what tests/unit/stats compares the C code with. Run by hand, not by the build:
#     Rscript expected.R > expected.csv        (in this folder)
# It uses R's own routines wherever R has one: lm and predict.lm, HoltWinters, quantile, mad, sd, qt,
# qgamma, poisson.test, solve for the normal equations of GM(1,1). Theil-Sen, CAGR and the residual-
# based intervals are written out here from the formulas in core/stats/forecast.h.
#
# Rows are: what,about,argument,value. `about` names a series of series.csv or a distribution.

put <- function(what, about, argument, value)
  cat(sprintf("%s,%s,%s,%s\n", what, about, argument, format(value, digits = 17)), sep = "")

cat("# Made by expected.R with", R.version.string, "from series.csv; not edited by hand.\n")
cat("# what,about,argument,value\n")

series <- read.csv("series.csv", comment.char = "#", header = FALSE,
                   col.names = c("name", "year", "value"))
grid <- (1:9) / 10

# The longest run at the end whose years keep one distance.
spaced_tail <- function(d) {
  steps <- rev(diff(d$year))
  tail(d, sum(cumprod(steps == steps[1])) + 1)
}

curve_interval <- function(fit, d, residuals, years, h, parameters) {
  m <- length(years)
  s <- sqrt(sum(residuals^2) / (m - parameters))
  qt(0.9, m - parameters) * s *
    sqrt(1 + 1 / m + (h - mean(years))^2 / sum((years - mean(years))^2))
}

# Each method gives NULL, or a list of at(years), half or low and high (years), and named constants.
methods <- list(
  ols = function(d) {
    d <- tail(d, 5)
    if (nrow(d) < 3) return(NULL)
    fit <- lm(value ~ year, d)
    interval <- function(y) predict(fit, data.frame(year = y), interval = "prediction", level = 0.8)
    list(at = function(y) predict(fit, data.frame(year = y))[[1]],
         low = function(y) interval(y)[1, "lwr"], high = function(y) interval(y)[1, "upr"],
         constants = c(change = coef(fit)[["year"]], deviation = summary(fit)$sigma))
  },
  theil_sen = function(d) {
    d <- tail(d, 10)
    if (nrow(d) < 3) return(NULL)
    pairs <- combn(nrow(d), 2)
    slope <- median((d$value[pairs[2, ]] - d$value[pairs[1, ]]) /
                      (d$year[pairs[2, ]] - d$year[pairs[1, ]]))
    intercept <- median(d$value - slope * d$year)
    at <- function(y) intercept + slope * y
    half <- function(y) curve_interval(at, d, d$value - at(d$year), d$year, y, 2)
    list(at = at, low = function(y) at(y) - half(y), high = function(y) at(y) + half(y),
         constants = c(change = slope))
  },
  cagr = function(d) {
    d <- tail(d, 5)
    n <- nrow(d)
    if (n < 3 || any(d$value <= 0)) return(NULL)
    span <- d$year[n] - d$year[1]
    growth <- (d$value[n] / d$value[1])^(1 / span) - 1
    at <- function(y) d$value[n] * (1 + growth)^(y - d$year[n])
    # The drift and its variance as a weighted regression through the origin of the log changes.
    width <- diff(d$year)
    drift <- lm(diff(log(d$value)) ~ width - 1, weights = 1 / width)
    s <- summary(drift)$sigma
    factor <- function(y) {
      h <- y - d$year[n]
      exp(qt(0.9, n - 2) * s * sqrt(h * (1 + h / span)))
    }
    list(at = at, low = function(y) at(y) / factor(y), high = function(y) at(y) * factor(y),
         constants = c(deviation = s))
  },
  holt = function(d) {
    d <- spaced_tail(d)
    n <- nrow(d)
    if (n < 4) return(NULL)
    step <- d$year[2] - d$year[1]
    best <- NULL
    for (alpha in grid) for (beta in grid) {
      fit <- HoltWinters(ts(d$value), alpha = alpha, beta = beta, gamma = FALSE)
      if (is.null(best) || fit$SSE < best$SSE) best <- fit
    }
    level <- best$coefficients[["a"]]
    trend <- best$coefficients[["b"]]
    s <- sqrt(best$SSE / (n - 2))
    at <- function(y) level + trend * (y - d$year[n]) / step
    half <- function(y) {
      j <- seq_len((y - d$year[n]) / step - 1)
      qt(0.9, n - 2) * s * sqrt(1 + sum((best$alpha * (1 + j * best$beta))^2))
    }
    list(at = at, low = function(y) at(y) - half(y), high = function(y) at(y) + half(y),
         constants = c(level_smoothing = best$alpha[[1]], trend_smoothing = best$beta[[1]]))
  },
  gm11 = function(d) {
    d <- spaced_tail(d)
    n <- nrow(d)
    if (n < 4 || any(d$value <= 0)) return(NULL)
    step <- d$year[2] - d$year[1]
    x <- d$value
    cumulated <- cumsum(x)
    B <- cbind(-(cumulated[-1] + cumulated[-n]) / 2, 1)
    ab <- solve(t(B) %*% B, t(B) %*% x[-1])
    a <- ab[1]
    b <- ab[2]
    at <- function(y) (1 - exp(a)) * (x[1] - b / a) * exp(-a * (y - d$year[1]) / step)
    fitted <- c(x[1], at(d$year[-1]))
    rms <- function(v) sqrt(mean((v - mean(v))^2))
    half <- function(y) curve_interval(at, d, (x - fitted)[-1], d$year[-1], y, 2)
    list(at = at, low = function(y) at(y) - half(y), high = function(y) at(y) + half(y),
         constants = c(development = a, input = b, scale = x[1] - b / a, offset = b / a,
                       posterior = rms(x - fitted) / rms(x)))
  })

backtest <- function(method, d) {
  errors <- c()
  for (back in 1:3) {
    n <- nrow(d) - back
    if (n < 1) break
    fit <- if (n >= 3) method(d[1:n, ]) else NULL
    if (!is.null(fit)) errors <- c(errors, abs(fit$at(d$year[n + 1]) - d$value[n + 1]))
  }
  if (length(errors)) mean(errors) else NaN
}

for (name in unique(series$name)) {
  d <- series[series$name == name, c("year", "value")]
  last <- d$year[nrow(d)]
  step <- if (name == "survey") 5 else 1
  for (m in names(methods)) {
    fit <- methods[[m]](d)
    if (is.null(fit)) { put(paste0(m, ":refused"), name, 0, 1); next }
    for (k in names(fit$constants)) put(paste0(m, ":", k), name, 0, fit$constants[[k]])
    put(paste0(m, ":backtest"), name, 0, backtest(methods[[m]], d))
    for (y in last + step * c(1, 2, 6)) {
      put(paste0(m, ":at"), name, y, fit$at(y))
      put(paste0(m, ":low"), name, y, fit$low(y))
      put(paste0(m, ":high"), name, y, fit$high(y))
    }
  }
  v <- d$value
  put("mean", name, 0, mean(v))
  put("median", name, 0, median(v))
  put("sample_deviation", name, 0, sd(v))
  put("median_deviation", name, 0, mad(v))
  for (p in c(0, 0.05, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 1))
    put("quantile", name, format(p, digits = 17), quantile(v, p, type = 7)[[1]])
  used <- tail(d, 10)
  changes <- diff(used$value)[diff(used$year) == 1]
  put("volatility", name, 0, if (length(changes) < 3) NaN else sd(changes) / abs(mean(used$value)))
}

for (degrees in c(1:12, 25, 60, 200))
  for (p in c(0.001, 0.1, 0.5, 0.6, 0.75, 0.9, 0.975, 0.995, 0.9995))
    put("student", degrees, format(p, digits = 17), qt(p, degrees))
for (shape in c(0.3, 0.5, 1, 2, 2.5, 7, 30, 250, 5000))
  for (p in c(0.001, 0.025, 0.5, 0.975, 0.999)) {
    put("gamma", format(shape, digits = 17), format(p, digits = 17), qgamma(p, shape))
  }
for (shape in c(0.5, 3, 40)) for (x in c(0.01, 0.7, 3, 42, 90))
  put("gamma_below", shape, x, pgamma(x, shape))
for (k in c(0:12, 20, 57, 100, 1234, 100000, 250000)) {
  interval <- poisson.test(k)$conf.int
  put("poisson:low", k, 0, interval[1])
  put("poisson:high", k, 0, interval[2])
}
for (ties in c("min", "first")) {
  v <- series$value
  put(paste0("rank:", ties), "all", seq_along(v), rank(-v, ties.method = ties))
}
