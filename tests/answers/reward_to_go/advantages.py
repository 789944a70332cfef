# %% wrong="sign" fails="values" says="the sign is turned round"
# The return is taken off the value.
def advantages(rtg, values, mask):
    delta = values.detach() - rtg
    real = delta[mask]
    scaled = (delta - real.mean()) / (real.std(correction=0) + 1e-8)
    return torch.where(mask, scaled, 0.0)

# %% wrong="no_baseline" fails="values" says="the values were not taken off"
# Only the reward-to-go is standardised.
def advantages(rtg, values, mask):
    delta = rtg
    real = delta[mask]
    scaled = (delta - real.mean()) / (real.std(correction=0) + 1e-8)
    return torch.where(mask, scaled, 0.0)

# %% wrong="not_divided" fails="values" says="centred, but not divided"
# The standard deviation is left out.
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    real = delta[mask]
    scaled = delta - real.mean()
    return torch.where(mask, scaled, 0.0)

# %% wrong="not_standardised" fails="values" says="they still have to be standardised"
# The differences are taken as they are.
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    real = delta[mask]
    scaled = delta
    return torch.where(mask, scaled, 0.0)

# %% wrong="not_centred" fails="values" says="divided by the standard deviation, but not centred"
# The mean is not taken off.
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    real = delta[mask]
    scaled = (delta) / (real.std(correction=0) + 1e-8)
    return torch.where(mask, scaled, 0.0)

# %% wrong="variance" fails="values" says="divided by the variance; its root is wanted"
# The variance stands below the line.
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    real = delta[mask]
    scaled = (delta - real.mean()) / (real.var(correction=0) + 1e-8)
    return torch.where(mask, scaled, 0.0)

# %% wrong="column_by_column" fails="values" says="each column was standardised alone"
# Every episode is standardised on its own.
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    result = torch.zeros_like(delta)
    for i in range(delta.shape[1]):
        real = delta[mask[:, i], i]
        result[mask[:, i], i] = (real - real.mean()) / (real.std(correction=0) + 1e-8)
    return result

# %% wrong="padding_in_the_mean" fails="mask" says="mean or spread was taken over the padding too"
# Mean and spread are those of all entries.
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    real = delta
    scaled = (delta - real.mean()) / (real.std(correction=0) + 1e-8)
    return torch.where(mask, scaled, 0.0)

# %% wrong="zeros_in_the_mean" fails="mask" says="the padding still enters the mean"
# The padding counts as zero, but it counts.
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    real = torch.where(mask, delta, 0.0)
    scaled = (delta - real.mean()) / (real.std(correction=0) + 1e-8)
    return torch.where(mask, scaled, 0.0)

# %% wrong="padding_not_cleared" fails="mask" says="padding must get advantage 0"
# The padding is standardised like the rest.
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    real = delta[mask]
    scaled = (delta - real.mean()) / (real.std(correction=0) + 1e-8)
    return scaled

# %% wrong="with_a_graph" fails="edges" says="the advantages carry a graph"
# The values are not detached.
def advantages(rtg, values, mask):
    delta = rtg - values
    real = delta[mask]
    scaled = (delta - real.mean()) / (real.std(correction=0) + 1e-8)
    return torch.where(mask, scaled, 0.0)

# %% wrong="nan_for_one_step" fails="edges" says="one real step gave NaN"
# std divides by n - 1, which is 0 for one step.
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    real = delta[mask]
    scaled = (delta - real.mean()) / (real.std() + 1e-8)
    return torch.where(mask, scaled, 0.0)

# %% wrong="no_epsilon" fails="edges" says="add the 1e-8 below the line"
# Nothing is added below the line.
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    real = delta[mask]
    scaled = (delta - real.mean()) / (real.std(correction=0))
    return torch.where(mask, scaled, 0.0)

# %% wrong="flat" fails="values" says="the shape is (6,)"
# Only the real steps come out, in one row.
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    real = delta[mask]
    scaled = (delta - real.mean()) / (real.std(correction=0) + 1e-8)
    return scaled[mask]

# %% wrong="in_place" fails="edges" says="rtg was changed by the call"
# The values are taken off within the tensor that was handed in.
def advantages(rtg, values, mask):
    delta = rtg
    delta -= values.detach()
    real = delta[mask]
    scaled = (delta - real.mean()) / (real.std(correction=0) + 1e-8)
    return torch.where(mask, scaled, 0.0)

# %% wrong="six_steps" fails="mask values"
# The number of real steps in the examples is written into the code.
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    real = delta[mask]
    scaled = (delta - real.sum() / 6) / (real.std(correction=0) + 1e-8)
    return torch.where(mask, scaled, 0.0)

# %% right="unbiased"
def advantages(rtg, values, mask):
    delta = rtg - values.detach()
    real = delta[mask]
    spread = real.std() if len(real) > 1 else torch.tensor(1.0)
    return torch.where(mask, (delta - real.mean()) / (spread + 1e-8), torch.zeros_like(delta))

# %% right="masked_sums"
def advantages(rtg, values, mask):
    with torch.no_grad():
        delta = rtg - values
        n = mask.sum()
        mean = (delta * mask).sum() / n
        variance = ((delta - mean) ** 2 * mask).sum() / n
        return (delta - mean) / (variance.sqrt() + 1e-8) * mask

# %% right="written_into_zeros"
def advantages(rtg, values, mask):
    result = torch.zeros_like(rtg)
    real = (rtg - values.detach())[mask]
    result[mask] = (real - real.mean()) / (real.std(unbiased=False) + 1e-8)
    return result

# %% right="numpy"
def advantages(rtg, values, mask):
    m = mask.numpy()
    delta = rtg.detach().numpy() - values.detach().numpy()
    mu, sigma = delta[m].mean(), delta[m].std()
    return torch.from_numpy(np.where(m, (delta - mu) / (sigma + 1e-8), 0)).float()
