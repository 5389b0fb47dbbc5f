# The expected figures of why_test.cpp: Rscript why_oracle.R
show <- function(...) cat(sprintf(...), "\n", sep = "")
knife <- binom.test(4, 9)$conf.int
show("knife 4 of 9: %.6f %.6f", knife[1], knife[2])
young <- binom.test(3, 5)$conf.int
show("under 25, 3 of 5: %.6f %.6f", young[1], young[2])
change <- poisson.test(c(20, 12), c(365, 366))
show("20 in 365 days, 12 in 366: %.6f %.6f %.6f", change$estimate, change$conf.int[1],
     change$conf.int[2])
area <- poisson.test(c(30, 32), c(365, 366))
show("30 in 365 days, 32 in 366: %.6f %.6f %.6f", area$estimate, area$conf.int[1], area$conf.int[2])
fresh <- poisson.test(c(20, 0), c(365, 366))
show("20 in 365 days, 0 in 366: %.6f", fresh$conf.int[1])
