/* For clang-tidy: a null pointer is looked behind on one path. */
int first(const int *numbers);

int first(const int *numbers)
{
    int sum = 0;
    if (numbers == 0) {
        sum = 1;
    }
    return sum + numbers[0];
}
