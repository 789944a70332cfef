# %% wrong="log_of_the_density" fails="stable" says="where both densities underflow"
# The densities are added up and the logarithm taken at the end.
def mixture_log_prob(x, logits, means, stds):
    log_densities = Normal(means, stds).log_prob(x[:, None])
    return torch.log((torch.softmax(logits, dim=0) * log_densities.exp()).sum(dim=1))

# %% wrong="logits_not_normalised" fails="values stable" says="the logits are not normalised"
# The logits are taken for the logarithms of the weights.
def mixture_log_prob(x, logits, means, stds):
    log_densities = Normal(means, stds).log_prob(x[:, None])
    return torch.logsumexp(logits + log_densities, dim=1)

# %% wrong="mean_of_the_logs" fails="values stable" says="the weighted mean of the log-densities"
# The log of a sum is taken for the sum of the logs.
def mixture_log_prob(x, logits, means, stds):
    log_densities = Normal(means, stds).log_prob(x[:, None])
    return (torch.softmax(logits, dim=0) * log_densities).sum(dim=1)

# %% wrong="over_the_samples" fails="values stable" says="the sum ran over the samples instead"
# logsumexp runs over the samples.
def mixture_log_prob(x, logits, means, stds):
    log_densities = Normal(means, stds).log_prob(x[:, None])
    return torch.logsumexp(torch.log_softmax(logits, dim=0) + log_densities, dim=0)

# %% wrong="not_summed" fails="values stable" says="the sum over the components is missing"
# The sum over the components is missing.
def mixture_log_prob(x, logits, means, stds):
    log_densities = Normal(means, stds).log_prob(x[:, None])
    return torch.log_softmax(logits, dim=0) + log_densities

# %% wrong="stds_as_variances" fails="values stable" says="as if they were variances"
# stds is put where the variances belong.
def mixture_log_prob(x, logits, means, stds):
    squares = (x[:, None] - means) ** 2
    log_densities = -0.5 * squares / stds - 0.5 * torch.log(stds) - 0.5 * math.log(2 * math.pi)
    return torch.logsumexp(torch.log_softmax(logits, dim=0) + log_densities, dim=1)

# %% wrong="no_weights" fails="values stable" says="the weights are missing"
# Every component counts in full.
def mixture_log_prob(x, logits, means, stds):
    log_densities = Normal(means, stds).log_prob(x[:, None])
    return torch.logsumexp(log_densities, dim=1)

# %% wrong="equal_weights" fails="values stable" says="every component got the weight 1/3"
# All components get the same weight.
def mixture_log_prob(x, logits, means, stds):
    log_densities = Normal(means, stds).log_prob(x[:, None])
    return torch.logsumexp(log_densities, dim=1) - math.log(len(means))

# %% wrong="weights_without_log" fails="values stable" says="without their logarithm"
# The weights themselves are added to the log-densities.
def mixture_log_prob(x, logits, means, stds):
    log_densities = Normal(means, stds).log_prob(x[:, None])
    return torch.logsumexp(torch.softmax(logits, dim=0) + log_densities, dim=1)

# %% wrong="density" fails="values stable" says="this is the density"
# The density is returned, not its logarithm.
def mixture_log_prob(x, logits, means, stds):
    log_densities = Normal(means, stds).log_prob(x[:, None])
    return (torch.softmax(logits, dim=0) * log_densities.exp()).sum(dim=1)

# %% wrong="small_number_added" fails="stable" says="a small number was added before the logarithm"
# 1e-8 is added against the logarithm of 0.
def mixture_log_prob(x, logits, means, stds):
    log_densities = Normal(means, stds).log_prob(x[:, None])
    return torch.log((torch.softmax(logits, dim=0) * log_densities.exp()).sum(dim=1) + 1e-8)

# %% wrong="one_maximum_for_all" fails="stable" says="taken out in each row, not once for all"
# The largest exponent of the whole table is taken out, not that of each row.
def mixture_log_prob(x, logits, means, stds):
    log_densities = Normal(means, stds).log_prob(x[:, None])
    u = torch.log_softmax(logits, dim=0) + log_densities
    return u.max() + torch.log(torch.exp(u - u.max()).sum(dim=1))

# %% wrong="log_of_the_softmax" fails="stable" says="the second weight underflows before its logarithm is taken"
# The weights are computed first, and may be 0 before their logarithm is taken.
def mixture_log_prob(x, logits, means, stds):
    log_densities = Normal(means, stds).log_prob(x[:, None])
    return torch.logsumexp(torch.log(torch.softmax(logits, dim=0)) + log_densities, dim=1)

# %% wrong="three_components_at_most" fails="values"
# Three components, as in the example, are written into the code.
def mixture_log_prob(x, logits, means, stds):
    log_weights = torch.log_softmax(logits, dim=0)
    parts = []
    for k in range(3):
        if k < len(means):
            parts.append(log_weights[k] + Normal(means[k], stds[k]).log_prob(x))
    return torch.logsumexp(torch.stack(parts), dim=0)

# %% right="mixture_same_family"
def mixture_log_prob(x, logits, means, stds):
    return MixtureSameFamily(Categorical(logits=logits), Normal(means, stds)).log_prob(x)

# %% right="loop_and_maximum"
def mixture_log_prob(x, logits, means, stds):
    parts = [logits[k] - logits.logsumexp(0) + Normal(means[k], stds[k]).log_prob(x) for k in range(len(logits))]
    u = torch.stack(parts)
    largest = u.max(0).values
    return largest + (u - largest).exp().sum(0).log()

# %% right="by_gaussian_log_prob"
def mixture_log_prob(x, logits, means, stds):
    log_densities = gaussian_log_prob(x[:, None, None], means[:, None], stds[:, None])
    return torch.logsumexp(log_densities + torch.log_softmax(logits, -1), -1)

# %% right="logaddexp"
def mixture_log_prob(x, logits, means, stds):
    log_weights = nn.functional.log_softmax(logits, dim=-1)
    total = None
    for log_weight, mean, std in zip(log_weights, means, stds):
        part = log_weight - 0.5 * ((x - mean) / std) ** 2 - std.log() - 0.5 * math.log(2 * math.pi)
        total = part if total is None else torch.logaddexp(total, part)
    return total
