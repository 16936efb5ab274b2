from skifteportal.sandbox.doedsbo import HANDLERS


def test_four_kinds_have_nine_operations_each_beside_the_estates_three():
    assert len(HANDLERS) == 3 + 4 * 9
    assert [name for name in HANDLERS if name.endswith("Forespoergsel")] == [
        "addForespoergsel",
        "getAllForespoergsel",
        "getForespoergsel",
        "updateForespoergsel",
        "deleteForespoergsel",
        "addBilagForForespoergsel",
        "getAllBilagForForespoergsel",
        "getBilagForForespoergsel",
        "deleteBilagForForespoergsel",
    ]
